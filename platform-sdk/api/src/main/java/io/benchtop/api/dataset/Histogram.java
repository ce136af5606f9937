package io.benchtop.api.dataset;

import java.util.List;

/**
 * How numbers are spread.
 *
 * @param edges one more than {@code counts}, rising
 * @param counts how many values lie between two edges
 */
public record Histogram(List<Double> edges, List<Long> counts) {

    public Histogram {
        edges = edges == null ? List.of() : List.copyOf(edges);
        counts = counts == null ? List.of() : List.copyOf(counts);
    }
}
