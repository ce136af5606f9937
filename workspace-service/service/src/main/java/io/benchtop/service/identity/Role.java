package io.benchtop.service.identity;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;

/** What a user may do: a viewer reads, a developer also runs workspaces, an admin also manages users. */
public enum Role {
    VIEWER,
    DEVELOPER,
    ADMIN;

    /** Whether this role may do what {@code other} may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role parse(String text) {
        for (Role role : values()) {
            if (role.code().equals(text)) {
                return role;
            }
        }
        throw ProblemException.invalidField("role", "must be admin, developer or viewer");
    }
}
