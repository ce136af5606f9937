package io.benchtop.service.connection;

import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.util.List;

/** Paths of files in a source, and what all sources say of them alike. */
public final class SourcePath {

    private static final int LONGEST = 1000;

    private SourcePath() {}

    /** The path, if it goes down only: no slash at its ends, no {@code ..}, nothing that cannot be seen. */
    public static String check(String path) {
        boolean wrong = path.length() > LONGEST
                || path.chars().anyMatch(Character::isISOControl)
                || (!path.isEmpty()
                        && List.of(path.split("/", -1)).stream()
                                .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals("..")));
        if (wrong) {
            throw ProblemException.invalidField(
                    "path",
                    "must be names with a slash between, none of them empty or dots, of " + LONGEST
                            + " characters in all at most");
        }
        return path;
    }

    /** Names with which programs mark what is not data: {@code _SUCCESS}, {@code .crc}. */
    public static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Whether no folder nor file on the way is hidden. */
    public static boolean isSeen(String path) {
        return List.of(path.split("/", -1)).stream().noneMatch(SourcePath::isHidden);
    }

    public static ProblemException tooMany(int most) {
        return ProblemException.of(
                ErrorCode.TOO_LARGE, "There are more than " + most + " files there. Name a folder with fewer.");
    }

    public static ProblemException changed(SourceFile file) {
        return ProblemException.of(
                ErrorCode.VERSION_CHANGED,
                "The file \"" + file.path()
                        + "\" was changed or removed since it was recorded. Refresh the dataset to read it"
                        + " as it is now.");
    }
}
