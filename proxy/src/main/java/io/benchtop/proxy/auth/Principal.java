package io.benchtop.proxy.auth;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, proven by a credential.
 *
 * @param user the user name, compared byte for byte with a route's owner
 * @param displayName how the person is called
 * @param role {@code admin}, {@code developer} or {@code viewer}
 * @param kind which credential proved it
 * @param credential the session's {@code sid} or the API token's id: what a revocation names
 * @param issuedAtMillis when the credential was issued
 * @param expiresAtMillis when it ends
 * @param endpoint the only endpoint that the credential opens, and nothing else; {@link #ANY_ENDPOINT} for all that the user may
 *     call, and nothing else; null if it is not so narrow
 * @param client under which name calls of endpoints are counted; null for the user's
 */
public record Principal(
        String user,
        String displayName,
        String role,
        Kind kind,
        String credential,
        long issuedAtMillis,
        long expiresAtMillis,
        @Nullable String endpoint,
        @Nullable String client) {

    /** Stands for every endpoint that the user may call: so for the token inside a user's server. */
    public static final String ANY_ENDPOINT = "*";

    /** The two credentials that open a user's server. */
    public enum Kind {
        SESSION,
        API
    }

    public Principal {
        requireNonNull(user, "user is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(role, "role is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(credential, "credential is null");
    }

    /** One whose credential opens all that the user may open. */
    public Principal(
            String user,
            String displayName,
            String role,
            Kind kind,
            String credential,
            long issuedAtMillis,
            long expiresAtMillis) {
        this(user, displayName, role, kind, credential, issuedAtMillis, expiresAtMillis, null, null);
    }

    /** Whether the credential opens endpoints and nothing else. */
    public boolean isForEndpoints() {
        return endpoint != null;
    }

    /** Whether the credential was made for one endpoint, and so is somebody else's than its user's. */
    public boolean isForOneEndpoint() {
        return endpoint != null && !endpoint.equals(ANY_ENDPOINT);
    }

    /** Whether the credential, whatever its user may, opens the endpoint of this name. */
    public boolean opensEndpoint(String name) {
        return endpoint == null || endpoint.equals(ANY_ENDPOINT) || endpoint.equals(name);
    }

    boolean isViewer() {
        return role.equals("viewer");
    }
}
