package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * A taint of nodes on which servers may run nevertheless.
 *
 * @param key the taint's key
 * @param value the taint's value; any if missing
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; all if missing
 */
public record ProfileToleration(
        @Nullable String key,
        @Nullable String value,
        @Nullable String effect) {}
