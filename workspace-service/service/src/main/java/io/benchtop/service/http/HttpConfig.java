package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * What the HTTP side is told at the start.
 *
 * @param publicUrl the address that people use
 * @param sessionCookie the session cookie's name
 * @param internalKey what our own processes show for {@code /internal/**}
 * @param csrfKey secret from which the forms' tokens are made
 */
public record HttpConfig(URI publicUrl, String sessionCookie, String internalKey, String csrfKey) {

    public HttpConfig {
        requireNonNull(publicUrl, "publicUrl is null");
        requireNonNull(sessionCookie, "sessionCookie is null");
        if (internalKey.length() < 32) {
            throw new IllegalArgumentException("the internal key must have at least 32 characters");
        }
        requireNonNull(csrfKey, "csrfKey is null");
    }

    public boolean isHttps() {
        return "https".equals(publicUrl.getScheme());
    }

    /** The keys stay out of logs. */
    @Override
    public String toString() {
        return "HttpConfig[" + publicUrl + ", " + sessionCookie + "]";
    }
}
