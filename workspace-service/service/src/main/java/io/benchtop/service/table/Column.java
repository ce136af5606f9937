package io.benchtop.service.table;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;

/**
 * A column of a table.
 *
 * @param scale digits after the point of a {@link ColumnType#DECIMAL}; else 0
 */
public record Column(String name, ColumnType type, boolean nullable, int scale) {

    private static final int LONGEST_NAME = 1000;

    public Column {
        requireNonNull(type, "type is null");
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw ProblemException.of(
                    ErrorCode.UNREADABLE_FILE,
                    "A column's name must have 1 to " + LONGEST_NAME + " characters, none of them of code 0.");
        }
    }

    public Column(String name, ColumnType type) {
        this(name, type, true, 0);
    }
}
