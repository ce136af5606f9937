package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Who the caller is, {@code GET /api/v1/me}.
 *
 * @param user the person
 * @param workspace the workspace the caller runs in; null outside of one
 * @param credential what proved it
 */
public record Me(User user, @Nullable WorkspaceReference workspace, Credential credential) {

    public Me {
        requireNonNull(user, "user is null");
        requireNonNull(credential, "credential is null");
    }
}
