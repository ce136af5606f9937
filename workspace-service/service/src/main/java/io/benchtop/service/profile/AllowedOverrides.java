package io.benchtop.service.profile;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What people may choose differently from a profile; null where they may not.
 *
 * @param memoryBytes up to this much
 * @param cpus up to so many
 * @param gpus up to so many, of the profile's kind
 * @param image any of the profile's further images
 */
public record AllowedOverrides(
        @Nullable Long memoryBytes,
        @Nullable Double cpus,
        @Nullable Integer gpus,
        boolean image) {

    public static final AllowedOverrides NONE = new AllowedOverrides(null, null, null, false);

    public AllowedOverrides {
        if (memoryBytes != null && memoryBytes < Overrides.LEAST_MEMORY) {
            throw ProblemException.invalidField(
                    "allowedOverrides.memoryBytes", "must be at least " + Overrides.LEAST_MEMORY + " (128 MiB)");
        }
        if (cpus != null && !(cpus >= Overrides.LEAST_CPUS && Double.isFinite(cpus))) {
            throw ProblemException.invalidField("allowedOverrides.cpus", "must be at least " + Overrides.LEAST_CPUS);
        }
        if (gpus != null && (gpus < 1 || gpus > Gpu.MOST)) {
            throw ProblemException.invalidField("allowedOverrides.gpus", "must be 1 to " + Gpu.MOST);
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
