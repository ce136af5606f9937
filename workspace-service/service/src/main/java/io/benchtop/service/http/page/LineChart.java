package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Curve;
import io.benchtop.service.experiment.Metric;
import java.util.List;
import java.util.Optional;

/**
 * The courses of one metric in one picture, by step.
 *
 * @param kind tells the script what it is
 */
record LineChart(String kind, String name, List<Line> lines) {

    LineChart {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        lines = List.copyOf(lines);
    }

    static LineChart of(String metric, List<Line> lines) {
        return new LineChart("lines", metric, lines);
    }

    String json() {
        return ChartJson.of(this);
    }

    /** For those who do not see it. */
    String summary() {
        return lines.size() == 1 ? "The course of " + name : "The courses of " + name + " in " + lines.size() + " runs";
    }

    /** What is missing in the picture; empty if nothing is. */
    String gaps() {
        long omitted = lines.stream().mapToLong(Line::omitted).sum();
        return omitted == 0
                ? ""
                : omitted + (omitted == 1 ? " value that is" : " values that are") + " no number left out";
    }

    /**
     * @param colour which of the page's colours for runs
     * @param points step and value of each
     */
    record Line(String name, int colour, List<List<Number>> points, long omitted) {

        Line {
            requireNonNull(name, "name is null");
            points = List.copyOf(points);
        }

        static Line of(String name, int colour, Curve curve) {
            return new Line(
                    name,
                    colour,
                    curve.points().stream()
                            .map(point -> List.<Number>of(point.step(), point.value()))
                            .toList(),
                    curve.omitted());
        }
    }

    /** A value and where it was reached, such as "0.25 at 300". */
    static String place(Optional<Metric> value) {
        return value.map(each -> HumaneNumber.text(each.value()) + " at " + each.step())
                .orElse("");
    }
}
