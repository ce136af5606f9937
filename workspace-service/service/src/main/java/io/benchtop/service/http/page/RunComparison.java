package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.RecordedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A few runs side by side, a column for each, with what differs among them. */
record RunComparison(List<Head> heads, List<Group> groups) {

    /** The run's name is above its column already. */
    private static final String NAME_TAG = "mlflow.runName";

    RunComparison {
        heads = List.copyOf(heads);
        groups = List.copyOf(groups);
    }

    static RunComparison of(List<RecordedRun> runs, Instant now) {
        return new RunComparison(
                runs.stream().map(run -> head(run.run(), now)).toList(),
                List.of(
                        group("params", "Parameters", runs, RecordedRun::params),
                        group("metrics", "Metrics, the latest values", runs, RunTable::metrics),
                        group("tags", "Tags", runs, RunComparison::tags)));
    }

    private static Head head(ExperimentRun run, Instant now) {
        return new Head(
                run.id().value(),
                run.name(),
                RunTable.status(run),
                RunTable.isBad(run),
                HumaneTime.relative(Instant.ofEpochMilli(run.startedAt()), now),
                RunTable.took(run));
    }

    private static Map<String, String> tags(RecordedRun run) {
        return run.tags().entrySet().stream()
                .filter(tag -> !tag.getKey().equals(NAME_TAG))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Group group(
            String id, String label, List<RecordedRun> runs, Function<RecordedRun, Map<String, String>> values) {
        List<Map<String, String>> all = runs.stream().map(values).toList();
        return new Group(
                id,
                label,
                all.stream()
                        .flatMap(each -> each.keySet().stream())
                        .distinct()
                        .sorted()
                        .map(name -> Line.of(name, all))
                        .toList());
    }

    record Head(String id, String name, String status, boolean bad, HumaneTime started, String took) {}

    record Group(String id, String label, List<Line> lines) {

        Group {
            requireNonNull(id, "id is null");
            requireNonNull(label, "label is null");
            lines = List.copyOf(lines);
        }
    }

    /**
     * One thing that was logged.
     *
     * @param values one for each run; empty where nothing was logged
     * @param differs whether not every run has it or has the same
     */
    record Line(String name, List<String> values, boolean differs) {

        Line {
            requireNonNull(name, "name is null");
            values = List.copyOf(values);
        }

        private static Line of(String name, List<Map<String, String>> runs) {
            boolean everywhere = runs.stream().allMatch(run -> run.containsKey(name));
            List<String> values =
                    runs.stream().map(run -> run.getOrDefault(name, "")).toList();
            return new Line(
                    name, values, !everywhere || values.stream().distinct().count() > 1);
        }
    }
}
