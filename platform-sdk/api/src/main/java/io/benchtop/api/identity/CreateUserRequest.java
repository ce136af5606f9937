package io.benchtop.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/users}, for administrators. The person signs in with a link first ({@link SignInLink}).
 *
 * @param name {@code [a-z][a-z0-9-]*}, 2 to 32 characters; never changes
 * @param displayName free text; the name if missing
 * @param role {@code admin}, {@code developer} or {@code viewer}
 */
public record CreateUserRequest(
        @Nullable String name,
        @Nullable String displayName,
        @Nullable String role) {}
