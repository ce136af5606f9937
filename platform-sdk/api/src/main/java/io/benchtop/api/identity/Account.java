package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A person as an administrator sees them, {@code GET /api/v1/users/{name}}.
 *
 * @param name unique and immutable
 * @param displayName free text
 * @param role {@code admin}, {@code developer} or {@code viewer}
 * @param disabled a disabled person cannot sign in and has no running session
 * @param createdAt ISO-8601 instant
 * @param lastSignInAt ISO-8601 instant; null before the first
 */
public record Account(
        String name,
        String displayName,
        String role,
        boolean disabled,
        String createdAt,
        @Nullable String lastSignInAt) {

    public Account {
        requireNonNull(name, "name is null");
        requireNonNull(role, "role is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(displayName, "displayName is null");
    }
}
