package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

/**
 * A person as everybody who may see them does.
 *
 * @param name unique and immutable, {@code [a-z][a-z0-9-]*}
 * @param displayName free text
 * @param role {@code admin}, {@code developer} or {@code viewer}
 */
public record User(String name, String displayName, String role) {

    public User {
        requireNonNull(name, "name is null");
        requireNonNull(role, "role is null");
        requireNonNull(displayName, "displayName is null");
    }
}
