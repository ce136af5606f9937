package io.benchtop.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /api/v1/me/password}.
 *
 * @param currentPassword null for a person who came by a sign-in link and has none yet
 * @param newPassword the one to use from now on
 */
public record ChangePasswordRequest(
        @Nullable String currentPassword, @Nullable String newPassword) {

    /** Both are secrets and stay out of logs. */
    @Override
    public String toString() {
        return "ChangePasswordRequest[]";
    }
}
