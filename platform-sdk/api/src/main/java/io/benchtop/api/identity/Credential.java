package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

/**
 * What the caller proved their identity with.
 *
 * @param kind {@code session} (a browser), {@code token} (an API token) or {@code workspace} (the token inside a workspace)
 * @param expiresAt ISO-8601 instant at which it ends
 */
public record Credential(String kind, String expiresAt) {

    public Credential {
        requireNonNull(kind, "kind is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }
}
