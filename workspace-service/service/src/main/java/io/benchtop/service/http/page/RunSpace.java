package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.RecordedRun;
import io.micronaut.http.HttpParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a metric depends on parameters over many runs. A run takes part if it has all that is looked at.
 *
 * @param params those that differ among the runs first, numbers before texts
 * @param param of the points; null if no run has any
 * @param metric null if no run has one that is a number
 * @param axes the parameters that lines lead across
 * @param colours of runs that stand out, by id
 */
record RunSpace(
        List<RecordedRun> runs,
        List<String> params,
        List<String> metrics,
        @Nullable String param,
        @Nullable String metric,
        List<String> axes,
        Map<String, Integer> colours) {

    private static final int USUAL_AXES = 5;
    private static final int MOST_AXES = 12;

    RunSpace {
        runs = List.copyOf(runs);
        params = List.copyOf(params);
        metrics = List.copyOf(metrics);
        axes = List.copyOf(axes);
        colours = Map.copyOf(colours);
    }

    /** What is asked for and not there is passed over. */
    static RunSpace of(List<RecordedRun> runs, HttpParameters asked, Map<String, Integer> colours) {
        List<String> params = params(runs);
        List<String> metrics = runs.stream()
                .flatMap(run -> run.metrics().stream())
                .filter(metric -> Double.isFinite(metric.value()))
                .map(Metric::key)
                .distinct()
                .sorted()
                .toList();
        List<String> axes = asked.getAll("axis").stream()
                .filter(params::contains)
                .distinct()
                .limit(MOST_AXES)
                .toList();
        return new RunSpace(
                runs,
                params,
                metrics,
                chosen(asked.get("param"), params),
                chosen(asked.get("metric"), metrics),
                axes.isEmpty() ? params.subList(0, Math.min(USUAL_AXES, params.size())) : axes,
                colours);
    }

    private static @Nullable String chosen(@Nullable String asked, List<String> known) {
        if (asked != null && known.contains(asked)) {
            return asked;
        }
        return known.isEmpty() ? null : known.getFirst();
    }

    private static List<String> params(List<RecordedRun> runs) {
        Map<String, List<String>> values = runs.stream()
                .flatMap(run -> run.params().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return values.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<String>>>comparingInt(entry -> dullness(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int dullness(List<String> values) {
        boolean differ = values.stream().distinct().count() > 1;
        return (differ ? 0 : 2) + (ChartAxis.areNumbers(values) ? 0 : 1);
    }

    boolean isDrawn() {
        return param != null && metric != null;
    }

    ScatterChart scatter() {
        String x = requireNonNull(param, "there is no parameter");
        String y = requireNonNull(metric, "there is no metric");
        List<RecordedRun> having = having(List.of(x));
        ChartAxis axis = axis(x, having);
        return ScatterChart.of(
                axis,
                ChartAxis.ofNumbers(y),
                having.stream()
                        .map(run -> new ScatterChart.Point(
                                run.run().name(),
                                param(run, x),
                                colour(run),
                                List.of(axis.place(param(run, x)), value(run))))
                        .toList());
    }

    ParallelChart parallel() {
        List<RecordedRun> having = having(axes);
        List<ChartAxis> across = axes.stream().map(name -> axis(name, having)).toList();
        List<ChartAxis> all = new ArrayList<>(across);
        all.add(ChartAxis.ofNumbers(requireNonNull(metric, "there is no metric")));
        return ParallelChart.of(
                all,
                having.stream()
                        .map(run -> new ParallelChart.Line(
                                run.run().name(),
                                colour(run),
                                Stream.concat(
                                                across.stream().map(axis -> axis.place(param(run, axis.name()))),
                                                Stream.of((Number) value(run)))
                                        .toList()))
                        .toList());
    }

    /** The same as numbers and words. */
    List<Row> rows() {
        return having(List.of()).stream()
                .map(run -> new Row(
                        run.run().id().value(),
                        run.run().name(),
                        columns().stream().map(name -> param(run, name)).toList(),
                        HumaneNumber.text(value(run))))
                .toList();
    }

    /** The parameters that are looked at, each once. */
    List<String> columns() {
        return Stream.concat(Stream.ofNullable(param), axes.stream()).distinct().toList();
    }

    private List<RecordedRun> having(List<String> names) {
        return runs.stream()
                .filter(run ->
                        Double.isFinite(value(run)) && run.params().keySet().containsAll(names))
                .toList();
    }

    private static ChartAxis axis(String name, List<RecordedRun> having) {
        return ChartAxis.of(name, having.stream().map(run -> param(run, name)).toList());
    }

    private static String param(RecordedRun run, String name) {
        return run.params().getOrDefault(name, "");
    }

    private double value(RecordedRun run) {
        return run.metrics().stream()
                .filter(each -> each.key().equals(metric))
                .mapToDouble(Metric::value)
                .findAny()
                .orElse(Double.NaN);
    }

    private int colour(RecordedRun run) {
        return colours.getOrDefault(run.run().id().value(), -1);
    }

    record Row(String id, String name, List<String> params, String value) {

        Row {
            params = List.copyOf(params);
        }
    }
}
