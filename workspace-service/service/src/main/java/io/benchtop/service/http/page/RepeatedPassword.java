package io.benchtop.service.http.page;

import io.benchtop.service.problem.ProblemException;

/** A new password is typed twice, because nobody sees what they type. */
final class RepeatedPassword {

    private RepeatedPassword() {}

    static void check(Form form) {
        if (!form.value("password").equals(form.value("repeated"))) {
            throw ProblemException.invalidField("repeated", "The two are not the same. Type the new password again");
        }
    }
}
