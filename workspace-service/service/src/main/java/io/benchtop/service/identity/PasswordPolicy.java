package io.benchtop.service.identity;

import io.benchtop.service.problem.ProblemException;

/** What a new password must be: long rather than complicated, and not the name itself. */
final class PasswordPolicy {

    static final int MIN_LENGTH = 8;
    static final int MAX_LENGTH = 256;

    private PasswordPolicy() {}

    static void check(String password, UserName user) {
        if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
            throw ProblemException.invalidField(
                    "password", "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
        }
        if (password.equalsIgnoreCase(user.value())) {
            throw ProblemException.invalidField("password", "must not be the user name");
        }
    }
}
