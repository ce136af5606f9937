package io.benchtop.service.abtest;

import org.jspecify.annotations.Nullable;

/**
 * What a user did after it met a version.
 *
 * @param key who it was, as the endpoint's sticky header says it
 * @param version which one it met; null where the key tells
 */
public record Outcome(
        String key, boolean converted, @Nullable String version) {}
