package io.benchtop.proxy.auth;

import static java.util.Objects.requireNonNull;

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
 */
public record Principal(
        String user,
        String displayName,
        String role,
        Kind kind,
        String credential,
        long issuedAtMillis,
        long expiresAtMillis) {

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

    boolean isViewer() {
        return role.equals("viewer");
    }
}
