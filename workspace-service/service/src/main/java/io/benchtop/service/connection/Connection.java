package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;

/**
 * Where data lies outside, as somebody registered it; its secret is kept beside it and never a part of it.
 *
 * @param owner who registered it, and alone uses it
 * @param description free text
 */
public record Connection(ConnectionName name, UserName owner, String description, ConnectionSettings settings) {

    private static final int LONGEST_DESCRIPTION = 1000;

    public Connection {
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(settings, "settings is null");
        if (description.length() > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(
                    "description", "must have at most " + LONGEST_DESCRIPTION + " characters, none of them of code 0");
        }
    }

    /** For messages. */
    public String title() {
        return "The connection \"" + name + "\" (" + settings.place() + ")";
    }
}
