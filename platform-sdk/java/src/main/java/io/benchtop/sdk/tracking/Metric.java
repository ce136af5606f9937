package io.benchtop.sdk.tracking;

/**
 * A figure; the names are MLflow's.
 *
 * @param key its name
 * @param value of any size, NaN included
 * @param timestamp in milliseconds since 1970
 * @param step in the run
 */
record Metric(String key, double value, long timestamp, long step) {}
