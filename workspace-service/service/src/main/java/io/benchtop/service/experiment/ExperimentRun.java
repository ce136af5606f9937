package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import org.jspecify.annotations.Nullable;

/**
 * One try of an experiment.
 *
 * @param name for people; need not be unique
 * @param owner whose it is
 * @param startedAt in milliseconds since 1970, as the client says
 * @param endedAt in milliseconds since 1970; null while it is not over
 * @param deleted whether it was deleted; it can be restored
 */
public record ExperimentRun(
        RunId id,
        ExperimentId experiment,
        String name,
        UserName owner,
        RunStatus status,
        long startedAt,
        @Nullable Long endedAt,
        boolean deleted) {

    public ExperimentRun {
        requireNonNull(id, "id is null");
        requireNonNull(experiment, "experiment is null");
        TrackingLimits.checkRunName(name);
        requireNonNull(owner, "owner is null");
        requireNonNull(status, "status is null");
    }

    ExperimentRun in(RunStatus now, @Nullable Long since) {
        return new ExperimentRun(id, experiment, name, owner, now, startedAt, since, deleted);
    }

    ExperimentRun deleted(boolean now) {
        return new ExperimentRun(id, experiment, name, owner, status, startedAt, endedAt, now);
    }
}
