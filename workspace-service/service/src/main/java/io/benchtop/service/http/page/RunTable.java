package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

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
 * Runs beside each other, with the columns that somebody chose or else one for each metric and parameter that one of the
 * runs has, as far as they can be read beside each other.
 */
record RunTable(List<Group> groups, List<Row> rows) {

    private static final int MOST_COLUMNS = 6;

    RunTable {
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
    }

    static RunTable of(List<RecordedRun> runs, RunColumns columns, Instant now) {
        List<Group> groups = List.of(
                group("metric", "Metrics", columns, columns.metrics(), MOST_COLUMNS, runs, RunTable::metrics),
                group("param", "Parameters", columns, columns.params(), MOST_COLUMNS, runs, RecordedRun::params),
                group("tag", "Tags", columns, columns.tags(), 0, runs, RecordedRun::tags));
        return new RunTable(
                groups, runs.stream().map(run -> row(run, groups, now)).toList());
    }

    private static Group group(
            String kind,
            String label,
            RunColumns columns,
            List<String> chosen,
            int usual,
            List<RecordedRun> runs,
            Function<RecordedRun, Map<String, String>> values) {
        List<String> known = runs.stream()
                .flatMap(run -> values.apply(run).keySet().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> shown = columns.chosen() ? chosen : known.subList(0, Math.min(usual, known.size()));
        List<String> offered = Stream.concat(known.stream(), shown.stream())
                .distinct()
                .sorted()
                .toList();
        return new Group(kind, label, shown, offered, values);
    }

    static Map<String, String> metrics(RecordedRun run) {
        return run.metrics().stream()
                .collect(Collectors.toMap(Metric::key, metric -> HumaneNumber.text(metric.value())));
    }

    private static Row row(RecordedRun recorded, List<Group> groups, Instant now) {
        ExperimentRun run = recorded.run();
        return new Row(
                run.id().value(),
                run.name(),
                status(run),
                isBad(run),
                HumaneTime.relative(Instant.ofEpochMilli(run.startedAt()), now),
                took(run),
                groups.stream().flatMap(group -> group.cells(recorded)).toList());
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

    /**
     * Columns of one kind.
     *
     * @param offered the columns that there could be, those that are shown among them
     */
    record Group(
            String kind,
            String label,
            List<String> shown,
            List<String> offered,
            Function<RecordedRun, Map<String, String>> values) {

        Group {
            requireNonNull(kind, "kind is null");
            requireNonNull(label, "label is null");
            shown = List.copyOf(shown);
            offered = List.copyOf(offered);
            requireNonNull(values, "values is null");
        }

        private Stream<Cell> cells(RecordedRun run) {
            Map<String, String> all = values.apply(run);
            return shown.stream().map(name -> new Cell(all.getOrDefault(name, ""), kind.equals("metric")));
        }
    }

    record Row(String id, String name, String status, boolean bad, HumaneTime started, String took, List<Cell> cells) {

        Row {
            cells = List.copyOf(cells);
        }
    }

    record Cell(String text, boolean number) {}
}
