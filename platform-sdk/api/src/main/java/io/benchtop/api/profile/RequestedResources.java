package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * {@link Resources} as somebody writes them, right or wrong; null where they are not limited.
 *
 * @param memoryBytes memory of all its processes together, in bytes
 * @param processes how many processes and threads it may have
 * @param cpus processors, in whole or parts
 */
public record RequestedResources(
        @Nullable Long memoryBytes,
        @Nullable Integer processes,
        @Nullable Double cpus) {}
