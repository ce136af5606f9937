package io.benchtop.service.audit;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to read, newest first.
 *
 * @param before only rows with a smaller id; null for the newest
 * @param limit at most so many
 * @param actor only by this actor; null for everybody
 * @param action only this action; null for all
 */
public record AuditQuery(
        @Nullable Long before,
        int limit,
        @Nullable String actor,
        @Nullable String action) {

    public static final int MAX_LIMIT = 1000;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalidField("limit", "must be 1 to " + MAX_LIMIT);
        }
    }

    AuditQuery before(long id) {
        return new AuditQuery(id, limit, actor, action);
    }
}
