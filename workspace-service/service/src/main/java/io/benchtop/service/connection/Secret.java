package io.benchtop.service.connection;

import io.benchtop.service.problem.ProblemException;

/** A password or a secret key on its way; it is printed as a word only. */
public record Secret(String text) {

    /** What a folder has. */
    public static final Secret NONE = new Secret("");

    private static final int LONGEST = 4000;

    public Secret {
        if (text.length() > LONGEST || text.chars().anyMatch(sign -> sign == 0 || sign == '\n' || sign == '\r')) {
            throw ProblemException.invalidField("secret", "must be one line of at most " + LONGEST + " characters");
        }
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
