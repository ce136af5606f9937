package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Curve;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the courses of the metrics of runs, never more of them than one page can show. */
@Singleton
final class RunCurves {

    private static final int MOST_CHARTS = 24;
    private static final int MOST_POINTS_OF_A_CURVE = 2_000;
    private static final int FEWEST_POINTS_OF_A_CURVE = 100;
    private static final int POINTS_OF_A_PAGE = 40_000;

    private final Runs runs;

    RunCurves(Runs runs) {
        this.runs = requireNonNull(runs, "runs is null");
    }

    /** Those of metrics with more than one step; one run each has its colour by its place in the list. */
    Shown of(Caller caller, List<ExperimentRun> shown) {
        List<String> stepped = runs.steppedMetrics(
                caller, shown.stream().map(run -> run.id().value()).toList());
        List<String> metrics = stepped.subList(0, Math.min(MOST_CHARTS, stepped.size()));
        if (metrics.isEmpty()) {
            return new Shown(List.of(), Map.of(), 0);
        }
        int most = pointsOfACurve(metrics.size() * shown.size());
        Map<String, List<LineChart.Line>> lines = new TreeMap<>();
        Map<String, Curve> firsts = Map.of();
        for (int place = 0; place < shown.size(); place++) {
            ExperimentRun run = shown.get(place);
            List<Curve> curves = runs.curves(caller, run.id().value(), metrics, most);
            for (Curve curve : curves) {
                lines.computeIfAbsent(curve.metric(), _ -> new ArrayList<>())
                        .add(LineChart.Line.of(run.name(), place, curve));
            }
            if (place == 0) {
                firsts = curves.stream().collect(Collectors.toMap(Curve::metric, Function.identity()));
            }
        }
        List<LineChart> charts = lines.entrySet().stream()
                .map(entry -> LineChart.of(entry.getKey(), entry.getValue()))
                .toList();
        return new Shown(charts, firsts, stepped.size() - metrics.size());
    }

    static int pointsOfACurve(int curves) {
        return Math.clamp(POINTS_OF_A_PAGE / curves, FEWEST_POINTS_OF_A_CURVE, MOST_POINTS_OF_A_CURVE);
    }

    /**
     * @param ofFirst the curves of the first run, by metric
     * @param left of how many metrics more there are curves
     */
    record Shown(List<LineChart> charts, Map<String, Curve> ofFirst, int left) {

        Shown {
            charts = List.copyOf(charts);
            ofFirst = Map.copyOf(ofFirst);
        }
    }
}
