package io.benchtop.api.workspace;

import org.jspecify.annotations.Nullable;

/**
 * What a person chose differently from the profile, as far as the profile allows it; null where the profile counts.
 *
 * @param memoryBytes memory in bytes
 * @param cpus processors, in whole or parts
 * @param gpus how many accelerators
 * @param image slug of one of the profile's further images
 */
public record WorkspaceOverrides(
        @Nullable Long memoryBytes,
        @Nullable Double cpus,
        @Nullable Integer gpus,
        @Nullable String image) {}
