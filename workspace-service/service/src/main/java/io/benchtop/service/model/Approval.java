package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a second person said of a version.
 *
 * @param by null while nobody said anything
 */
public record Approval(Status status, @Nullable UserName by, String comment) {

    static final Approval NOT_NEEDED = new Approval(Status.NOT_NEEDED, null, "");
    static final Approval PENDING = new Approval(Status.PENDING, null, "");

    private static final int LONGEST = 2000;

    public Approval {
        requireNonNull(status, "status is null");
        if ((by == null) == (status == Status.APPROVED || status == Status.REJECTED)) {
            throw new IllegalArgumentException("somebody approves or rejects, or nobody does");
        }
        if (comment.length() > LONGEST || comment.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(
                    "comment", "must have at most " + LONGEST + " characters, none of code 0");
        }
    }

    /** How it stands. */
    public enum Status {
        NOT_NEEDED,
        PENDING,
        APPROVED,
        REJECTED
    }
}
