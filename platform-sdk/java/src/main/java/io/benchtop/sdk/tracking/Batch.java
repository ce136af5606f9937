package io.benchtop.sdk.tracking;

import java.util.List;

/**
 * What is sent at once: at most 1000 metrics, 100 parameters and 100 tags.
 *
 * @param metrics in the order they were told
 * @param params in the order they were told
 * @param tags in the order they were told
 */
record Batch(List<Metric> metrics, List<Pair> params, List<Pair> tags) {

    static final int METRICS = 1000;
    static final int PAIRS = 100;

    /**
     * A parameter or a tag; the names are MLflow's.
     *
     * @param key its name
     * @param value a text
     */
    record Pair(String key, String value) {}

    boolean isEmpty() {
        return metrics.isEmpty() && params.isEmpty() && tags.isEmpty();
    }
}
