package io.benchtop.sdk;

import java.util.Map;

/**
 * A person.
 *
 * @param name unique, as in addresses
 * @param displayName as shown to others
 * @param role {@code admin}, {@code developer} or {@code viewer}
 */
public record User(String name, String displayName, String role) implements Shown {

    @Override
    public Map<String, String> shown() {
        return Words.table("name", name, "display name", displayName, "role", role);
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
