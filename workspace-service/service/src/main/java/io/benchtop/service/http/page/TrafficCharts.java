package io.benchtop.service.http.page;

import io.benchtop.service.endpoint.CallCounts.Slot;
import io.benchtop.service.endpoint.Measure;
import io.benchtop.service.endpoint.ServedVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the versions of an endpoint did in the last hour, by the minute: how often they were asked, and how long it took.
 *
 * @param versions in the order of their colours
 */
record TrafficCharts(List<String> versions, List<LineChart> charts) {

    static final Duration HOUR = Duration.ofHours(1);

    private static final int MOST_VERSIONS = 10;
    private static final Comparator<ServedVersion> BY_VERSION = Comparator.comparing(ServedVersion::toString);

    TrafficCharts {
        versions = List.copyOf(versions);
        charts = List.copyOf(charts);
    }

    static TrafficCharts of(List<Slot> slots, Instant now) {
        Map<ServedVersion, Map<Long, Measure>> minutes = new TreeMap<>(BY_VERSION);
        for (Slot slot : slots) {
            long ago = -Duration.between(slot.at(), now).toMinutes();
            minutes.computeIfAbsent(slot.version(), _ -> new TreeMap<>()).merge(ago, slot.measure(), Measure::plus);
        }
        List<String> versions = new ArrayList<>();
        List<LineChart.Line> requests = new ArrayList<>();
        List<LineChart.Line> latencies = new ArrayList<>();
        minutes.forEach((version, measures) -> {
            int colour = versions.size();
            if (colour < MOST_VERSIONS) {
                versions.add(version.version());
                requests.add(new LineChart.Line(version.version(), colour, counts(measures), 0));
                latencies.add(new LineChart.Line(version.version(), colour, latencies(measures), 0));
            }
        });
        return versions.isEmpty()
                ? new TrafficCharts(List.of(), List.of())
                : new TrafficCharts(
                        versions,
                        List.of(
                                LineChart.of("Requests per minute", requests),
                                LineChart.of("Milliseconds for 99 of 100 answers", latencies)));
    }

    /** A minute in which nobody asked is one with no requests. */
    private static List<List<Number>> counts(Map<Long, Measure> measures) {
        List<List<Number>> points = new ArrayList<>();
        for (long minute = 1 - HOUR.toMinutes(); minute <= 0; minute++) {
            Measure measure = measures.get(minute);
            points.add(List.of(minute, measure == null ? 0 : measure.requests()));
        }
        return points;
    }

    private static List<List<Number>> latencies(Map<Long, Measure> measures) {
        List<List<Number>> points = new ArrayList<>();
        measures.forEach((minute, measure) -> {
            OptionalDouble quantile = measure.quantileMillis(0.99);
            if (quantile.isPresent() && minute > -HOUR.toMinutes()) {
                points.add(List.of(minute, Math.min(quantile.getAsDouble(), Measure.BOUNDS_MILLIS.getLast())));
            }
        });
        return points;
    }
}
