package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Runs as lines across parameters to a metric.
 *
 * @param kind tells the script what it is
 * @param axes the metric's last
 */
record ParallelChart(String kind, List<ChartAxis> axes, List<Line> lines) {

    ParallelChart {
        requireNonNull(kind, "kind is null");
        axes = List.copyOf(axes);
        lines = List.copyOf(lines);
    }

    static ParallelChart of(List<ChartAxis> axes, List<Line> lines) {
        return new ParallelChart("parallel", axes, lines);
    }

    String json() {
        return ChartJson.of(this);
    }

    /**
     * @param colour which of the page's colours for runs; -1 for a run that is not among those
     * @param values one on each axis
     */
    record Line(String name, int colour, List<Number> values) {

        Line {
            requireNonNull(name, "name is null");
            values = List.copyOf(values);
        }
    }
}
