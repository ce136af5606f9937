package io.benchtop.api.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A value and how often it occurs.
 *
 * @param value as in rows
 * @param count how often
 */
public record FrequentValue(@Nullable Object value, long count) {}
