package io.benchtop.service.http.mlflow;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Which of what was deleted and what was not a client wants to see. */
final class ViewType {

    private ViewType() {}

    /** Null for both; what was not deleted if nothing is said. Clients send names or the numbers behind them. */
    static @Nullable Boolean deleted(@Nullable String viewType) {
        return switch (viewType == null ? "ACTIVE_ONLY" : viewType) {
            case "ACTIVE_ONLY", "1" -> false;
            case "DELETED_ONLY", "2" -> true;
            case "ALL", "3" -> null;
            default -> throw ProblemException.invalidField("view_type", "must be ACTIVE_ONLY, DELETED_ONLY or ALL");
        };
    }
}
