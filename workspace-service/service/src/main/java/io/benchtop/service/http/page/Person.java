package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;

/** The person who looks at a page. */
record Person(String name, String displayName, Role role) {

    Person {
        requireNonNull(name, "name is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(role, "role is null");
    }

    static Person of(Caller caller) {
        return new Person(caller.user().value(), caller.displayName(), caller.role());
    }

    boolean mayRunWorkspaces() {
        return role.includes(Role.DEVELOPER);
    }
}
