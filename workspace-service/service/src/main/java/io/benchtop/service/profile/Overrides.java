package io.benchtop.service.profile;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose differently from the profile; null where the profile counts. Whether the profile allows it is asked
 * each time a server is made of it, see {@link ServerSpecs}.
 *
 * @param gpus how many accelerators; 0 for none
 * @param image a choice of the profile's set
 */
public record Overrides(
        @Nullable Long memoryBytes,
        @Nullable Double cpus,
        @Nullable Integer gpus,
        @Nullable OptionSlug image) {

    public static final Overrides NONE = new Overrides(null, null, null, null);

    /** With less, no server comes up. */
    static final long LEAST_MEMORY = 128L << 20;

    static final double LEAST_CPUS = 0.1;

    public Overrides {
        if (memoryBytes != null && memoryBytes < LEAST_MEMORY) {
            throw ProblemException.invalidField(
                    "overrides.memoryBytes", "must be at least " + LEAST_MEMORY + " (128 MiB)");
        }
        if (cpus != null && !(cpus >= LEAST_CPUS && Double.isFinite(cpus))) {
            throw ProblemException.invalidField("overrides.cpus", "must be at least " + LEAST_CPUS);
        }
        if (gpus != null && gpus < 0) {
            throw ProblemException.invalidField("overrides.gpus", "must be 0 or more");
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
