package io.benchtop.service.profile;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.util.Set;

/**
 * Who may use a profile. There is no empty list that means everybody: a profile whose last user was taken out must not open
 * to all (SECURITY.md S12).
 */
public sealed interface Audience {

    boolean includes(Caller caller);

    record Everybody() implements Audience {

        @Override
        public boolean includes(Caller caller) {
            return true;
        }
    }

    /** Those who have one of these roles, or one that includes it. */
    record Roles(Set<Role> roles) implements Audience {

        public Roles {
            roles = Set.copyOf(roles);
            requireSomebody(roles, "name at least one role, or choose everybody");
        }

        @Override
        public boolean includes(Caller caller) {
            return roles.stream().anyMatch(caller.role()::includes);
        }
    }

    /** These people, administrators included only if they are named. */
    record Users(Set<UserName> users) implements Audience {

        public Users {
            users = Set.copyOf(users);
            requireSomebody(users, "name at least one user, or choose everybody");
        }

        @Override
        public boolean includes(Caller caller) {
            return users.contains(caller.user());
        }
    }

    private static void requireSomebody(Set<?> names, String message) {
        if (names.isEmpty()) {
            throw ProblemException.invalidField("audience.names", message);
        }
    }
}
