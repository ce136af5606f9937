package io.benchtop.service.http.page;

import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.RecordedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs beside each other: a column for each metric and parameter that one of them has, as far as they can be read beside each
 * other, metrics first.
 */
record RunTable(List<String> metrics, List<String> params, List<Row> rows) {

    private static final int MOST_COLUMNS = 6;

    RunTable {
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        rows = List.copyOf(rows);
    }

    static RunTable of(List<RecordedRun> runs, Instant now) {
        List<String> metrics = columns(runs, run -> run.metrics().stream().map(Metric::key));
        List<String> params = columns(runs, run -> run.params().keySet().stream());
        return new RunTable(
                metrics,
                params,
                runs.stream().map(run -> row(run, metrics, params, now)).toList());
    }

    private static List<String> columns(List<RecordedRun> runs, Function<RecordedRun, Stream<String>> names) {
        return runs.stream()
                .flatMap(names)
                .distinct()
                .sorted()
                .limit(MOST_COLUMNS)
                .toList();
    }

    private static Row row(RecordedRun recorded, List<String> metrics, List<String> params, Instant now) {
        ExperimentRun run = recorded.run();
        Map<String, String> values = recorded.metrics().stream()
                .collect(Collectors.toMap(Metric::key, metric -> HumaneNumber.text(metric.value())));
        return new Row(
                run.id().value(),
                run.name(),
                status(run),
                isBad(run),
                HumaneTime.relative(Instant.ofEpochMilli(run.startedAt()), now),
                took(run),
                metrics.stream().map(name -> values.getOrDefault(name, "")).toList(),
                params.stream()
                        .map(name -> recorded.params().getOrDefault(name, ""))
                        .toList());
    }

    static String status(ExperimentRun run) {
        return run.status().name().toLowerCase(Locale.ROOT);
    }

    static boolean isBad(ExperimentRun run) {
        return switch (run.status()) {
            case FAILED, KILLED -> true;
            case RUNNING, SCHEDULED, FINISHED -> false;
        };
    }

    /** Empty while it goes on. */
    static String took(ExperimentRun run) {
        Long ended = run.endedAt();
        return ended == null ? "" : HumaneTime.lasting(Duration.ofMillis(Math.max(0, ended - run.startedAt())));
    }

    record Row(
            String id,
            String name,
            String status,
            boolean bad,
            HumaneTime started,
            String took,
            List<String> metrics,
            List<String> params) {

        Row {
            metrics = List.copyOf(metrics);
            params = List.copyOf(params);
        }
    }
}
