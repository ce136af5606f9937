package io.benchtop.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /api/v1/users/{name}}, for administrators; what is null stays as it is.
 *
 * @param displayName free text
 * @param role {@code admin}, {@code developer} or {@code viewer}
 * @param disabled true ends every session and token of the person
 */
public record ChangeUserRequest(
        @Nullable String displayName,
        @Nullable String role,
        @Nullable Boolean disabled) {}
