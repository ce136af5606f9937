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
 * @param endpoint the only endpoint that the credential opens, and nothing else; null if it is not so narrow
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

    /** Whether the credential opens no more than one endpoint. */
    public boolean isForOneEndpoint() {
        return endpoint != null;
    }

    boolean isViewer() {
        return role.equals("viewer");
    }
}
