package io.benchtop.service.model;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;

/** Which part of a version grows. */
public enum Bump {
    PATCH,
    MINOR,
    MAJOR;

    public static Bump parse(String text) {
        for (Bump each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw ProblemException.invalidField("bump", "must be patch, minor or major");
    }
}
