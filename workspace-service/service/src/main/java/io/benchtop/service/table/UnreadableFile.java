package io.benchtop.service.table;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** How every format says that a file is not what its name says. */
public final class UnreadableFile {

    private UnreadableFile() {}

    /** @param why what follows the file's name, without a full stop */
    public static ProblemException of(String name, String why) {
        return ProblemException.of(ErrorCode.UNREADABLE_FILE, "\"" + name + "\" " + why + ".");
    }

    /** The value that a text of a line says. */
    public static @Nullable Object parsed(String text, Column column, String name, long line) {
        try {
            return TextValues.parse(text, column.type());
        } catch (IllegalArgumentException | DateTimeException _) {
            throw of(
                    name,
                    "has in line " + line + " a value of \"" + column.name() + "\" that is no "
                            + column.type().code());
        }
    }
}
