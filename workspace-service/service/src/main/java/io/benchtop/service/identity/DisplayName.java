package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;

/** How a person is called on pages: free text on one line. */
public record DisplayName(String value) {

    private static final int MAX_LENGTH = 100;

    public DisplayName {
        requireNonNull(value, "value is null");
        value = value.strip();
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(DisplayName::isUnprintable)) {
            throw ProblemException.invalidField("displayName", "must be 1 to 100 printable characters on one line");
        }
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
