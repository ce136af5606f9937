package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.StartPhase;
import java.time.Instant;

/**
 * How far a start is.
 *
 * @param detail the last thing that was told about it, a sentence for the person; may be empty
 * @param since when this phase began
 */
public record StartProgress(StartPhase phase, String detail, Instant since) {

    private static final int MAX_DETAIL = 500;

    public StartProgress {
        requireNonNull(phase, "phase is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(since, "since is null");
        detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }

    /** A phase that goes on keeps the time at which it began. */
    StartProgress next(StartPhase toldPhase, String toldDetail, Instant at) {
        return new StartProgress(toldPhase, toldDetail, toldPhase == phase ? since : at);
    }
}
