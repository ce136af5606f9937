package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

/**
 * A link that signs a person in once.
 *
 * @param url complete address, a secret until used
 * @param expiresAt ISO-8601 instant
 */
public record SignInLink(String url, String expiresAt) {

    public SignInLink {
        requireNonNull(url, "url is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    /** The address is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "SignInLink[expires " + expiresAt + "]";
    }
}
