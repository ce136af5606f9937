package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What the token inside a running server says. */
public record WorkspaceClaims(
        UserName user, Role role, String workspaceId, long generation, Instant issuedAt, Instant expiresAt) {

    public WorkspaceClaims {
        requireNonNull(user, "user is null");
        requireNonNull(role, "role is null");
        requireNonNull(workspaceId, "workspaceId is null");
        requireNonNull(issuedAt, "issuedAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }
}
