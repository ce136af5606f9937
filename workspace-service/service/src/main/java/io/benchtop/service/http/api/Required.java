package io.benchtop.service.http.api;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Fields that a request must have. */
final class Required {

    private Required() {}

    static <T> T field(String name, @Nullable T value) {
        if (value == null) {
            throw ProblemException.invalidField(name, "is missing");
        }
        return value;
    }
}
