package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in. The password's hash is not part of it, so that no list of users carries one.
 *
 * @param lastSignInAt null before the first
 */
public record User(
        UserName name,
        DisplayName displayName,
        Role role,
        boolean disabled,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {

    public User {
        requireNonNull(name, "name is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(role, "role is null");
        requireNonNull(createdAt, "createdAt is null");
    }

    User withDisplayName(DisplayName newDisplayName) {
        return new User(name, newDisplayName, role, disabled, createdAt, lastSignInAt);
    }

    User withRole(Role newRole) {
        return new User(name, displayName, newRole, disabled, createdAt, lastSignInAt);
    }

    User withDisabled(boolean newDisabled) {
        return new User(name, displayName, role, newDisabled, createdAt, lastSignInAt);
    }
}
