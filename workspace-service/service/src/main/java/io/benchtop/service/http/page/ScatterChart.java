package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Runs as points by a parameter and a metric.
 *
 * @param kind tells the script what it is
 */
record ScatterChart(String kind, ChartAxis x, ChartAxis y, List<Point> points) {

    ScatterChart {
        requireNonNull(kind, "kind is null");
        requireNonNull(x, "x is null");
        requireNonNull(y, "y is null");
        points = List.copyOf(points);
    }

    static ScatterChart of(ChartAxis x, ChartAxis y, List<Point> points) {
        return new ScatterChart("scatter", x, y, points);
    }

    String json() {
        return ChartJson.of(this);
    }

    /**
     * @param told the parameter as it was logged
     * @param colour which of the page's colours for runs; -1 for a run that is not among those
     */
    record Point(String name, String told, int colour, List<Number> at) {

        Point {
            requireNonNull(name, "name is null");
            requireNonNull(told, "told is null");
            at = List.copyOf(at);
        }
    }
}
