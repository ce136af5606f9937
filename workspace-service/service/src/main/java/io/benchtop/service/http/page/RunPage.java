package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.service.experiment.Curve;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.RecordedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that was logged of a run.
 *
 * @param chartsLeft of how many metrics more there are curves
 */
record RunPage(
        Frame frame,
        String experimentId,
        String experimentName,
        String id,
        String name,
        String status,
        boolean bad,
        boolean deleted,
        HumaneTime started,
        String took,
        List<MetricRow> metrics,
        List<LineChart> charts,
        int chartsLeft,
        Map<String, String> params,
        Map<String, String> tags,
        List<RunInput> inputs,
        RunMaking making,
        RunFiles files)
        implements Page {

    RunPage {
        metrics = List.copyOf(metrics);
        charts = List.copyOf(charts);
        inputs = List.copyOf(inputs);
        requireNonNull(making, "making is null");
        requireNonNull(files, "files is null");
    }

    static RunPage of(
            Frame frame,
            String experimentName,
            RecordedRun recorded,
            RunCurves.Shown curves,
            RunMaking making,
            RunFiles files,
            Instant now) {
        ExperimentRun run = recorded.run();
        return new RunPage(
                frame,
                run.experiment().value(),
                experimentName,
                run.id().value(),
                run.name(),
                RunTable.status(run),
                RunTable.isBad(run),
                run.deleted(),
                HumaneTime.relative(Instant.ofEpochMilli(run.startedAt()), now),
                RunTable.took(run),
                recorded.metrics().stream()
                        .map(metric -> MetricRow.of(metric, curves.ofFirst().get(metric.key())))
                        .toList(),
                curves.charts(),
                curves.left(),
                new TreeMap<>(recorded.params()),
                new TreeMap<>(recorded.tags()),
                recorded.inputs().stream().map(RunInput::of).toList(),
                making,
                files);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JterunGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /**
     * @param lowest with the step at which it was reached; empty of a metric without a curve
     * @param highest likewise
     */
    record MetricRow(String name, double latest, long step, String lowest, String highest) {

        static MetricRow of(Metric metric, @Nullable Curve curve) {
            return new MetricRow(
                    metric.key(),
                    metric.value(),
                    metric.step(),
                    curve == null ? "" : LineChart.place(curve.lowest()),
                    curve == null ? "" : LineChart.place(curve.highest()));
        }
    }
}
