package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * What a person may choose differently from the profile; what is null may not be chosen.
 *
 * @param memoryBytes up to this much memory
 * @param cpus up to so many processors
 * @param gpus up to so many accelerators of the profile's kind
 * @param image whether one of the profile's further images may be chosen; no if missing
 */
public record OverrideLimits(
        @Nullable Long memoryBytes,
        @Nullable Double cpus,
        @Nullable Integer gpus,
        @Nullable Boolean image) {}
