package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * What a server gets.
 *
 * @param memoryBytes memory of all its processes together, in bytes
 * @param processes how many processes and threads it may have
 * @param cpus processors, in whole or parts; null where they are not limited
 */
public record Resources(
        long memoryBytes, int processes, @Nullable Double cpus) {

    public Resources {
        if (memoryBytes <= 0 || processes <= 0 || (cpus != null && !(cpus > 0))) {
            throw new IllegalArgumentException("resources are positive, not " + memoryBytes + " bytes, " + processes
                    + " processes, " + cpus + " cpus");
        }
    }
}
