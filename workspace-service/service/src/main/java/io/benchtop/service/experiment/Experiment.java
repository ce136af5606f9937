package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import java.util.Map;

/**
 * Runs that belong together. Its name is its owner's: two people may have one of the same name.
 *
 * @param deleted whether it was deleted; it can be restored
 * @param createdAt in milliseconds since 1970
 * @param changedAt in milliseconds since 1970
 */
public record Experiment(
        ExperimentId id,
        UserName owner,
        String name,
        boolean deleted,
        long createdAt,
        long changedAt,
        Map<String, String> tags) {

    /** The one that everybody has, for runs of which nobody said where they belong. */
    public static final String DEFAULT = "Default";

    public Experiment {
        requireNonNull(id, "id is null");
        requireNonNull(owner, "owner is null");
        TrackingLimits.checkName(name);
        tags = Map.copyOf(tags);
        tags.forEach(TrackingLimits::checkExperimentTag);
    }

    Experiment renamed(String to, long at) {
        return new Experiment(id, owner, to, deleted, createdAt, at, tags);
    }

    Experiment deleted(boolean now, long at) {
        return new Experiment(id, owner, name, now, createdAt, at, tags);
    }

    boolean isDefault() {
        return name.equals(DEFAULT);
    }
}
