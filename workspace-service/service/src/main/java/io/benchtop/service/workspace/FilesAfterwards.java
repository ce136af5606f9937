package io.benchtop.service.workspace;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** What happens to the files of a deleted workspace; nobody is allowed to leave that open. */
public enum FilesAfterwards {
    KEEP(DesiredState.DELETED_KEEPING_FILES),
    DELETE(DesiredState.DELETED_WITH_FILES);

    private final DesiredState desired;

    FilesAfterwards(DesiredState desired) {
        this.desired = desired;
    }

    DesiredState desired() {
        return desired;
    }

    public static FilesAfterwards parse(@Nullable String text) {
        return switch (text) {
            case "keep" -> KEEP;
            case "delete" -> DELETE;
            case null, default ->
                throw ProblemException.invalidField(
                        "files", "must be \"keep\" (the files are moved aside) or \"delete\" (they are removed)");
        };
    }
}
