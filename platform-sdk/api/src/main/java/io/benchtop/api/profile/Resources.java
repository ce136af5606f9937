package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * What a server gets; null where it is not limited.
 *
 * @param memoryBytes memory of all its processes together, in bytes
 * @param processes how many processes and threads it may have
 * @param cpus processors, in whole or parts
 */
public record Resources(
        @Nullable Long memoryBytes,
        @Nullable Integer processes,
        @Nullable Double cpus) {

    public Resources {
        if (isNotPositive(memoryBytes) || isNotPositive(processes) || isNotPositive(cpus)) {
            throw new IllegalArgumentException("resources are positive, not %s bytes, %s processes, %s cpus"
                    .formatted(memoryBytes, processes, cpus));
        }
    }

    private static boolean isNotPositive(@Nullable Number amount) {
        return amount != null && !(amount.doubleValue() > 0);
    }
}
