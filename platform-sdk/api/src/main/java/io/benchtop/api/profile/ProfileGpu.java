package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * Accelerators of one kind.
 *
 * @param resource the extended resource that the cluster counts them by, for example {@code nvidia.com/gpu}
 * @param count how many
 */
public record ProfileGpu(
        @Nullable String resource, @Nullable Integer count) {}
