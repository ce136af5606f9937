package io.benchtop.sdk.model;

import java.util.Locale;

/** Which of a version's three numbers grows. */
public enum Bump {
    /** {@code 1.2.3} becomes {@code 1.2.4}. */
    PATCH,
    /** {@code 1.2.3} becomes {@code 1.3.0}. */
    MINOR,
    /** {@code 1.2.3} becomes {@code 2.0.0}. */
    MAJOR;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
