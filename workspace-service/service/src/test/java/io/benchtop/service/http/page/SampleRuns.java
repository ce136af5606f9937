package io.benchtop.service.http.page;

import io.benchtop.service.experiment.ArtifactStore.Entry;
import io.benchtop.service.experiment.Curve;
import io.benchtop.service.experiment.ExperimentId;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.RecordedRun;
import io.benchtop.service.experiment.RunId;
import io.benchtop.service.experiment.RunStatus;
import io.benchtop.service.identity.UserName;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.simple.SimpleHttpParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** The pages of experiments with content that looks like a real day. */
final class SampleRuns {

    private final Frame frame;
    private final UnaryOperator<String> text;

    private SampleRuns(Frame frame, UnaryOperator<String> text) {
        this.frame = frame;
        this.text = text;
    }

    static Map<String, Page> pages(Frame frame, UnaryOperator<String> text) {
        return new SampleRuns(frame, text).pages();
    }

    private Map<String, Page> pages() {
        List<RecordedRun> runs = List.of(run("a", 0.93, "3"), run("b", 0.88, "9"));
        ExperimentRun first = runs.getFirst().run();
        RunFiles files = RunFiles.of(
                first,
                text.apply("plots"),
                List.of(
                        new Entry(text.apply("deep"), true, 0),
                        new Entry(text.apply("roc") + ".png", false, 12_345),
                        new Entry(text.apply("report.html"), false, 1)));
        RunSearchForm search = new RunSearchForm(
                text.apply(""),
                text.apply(""),
                0,
                new RunColumns(true, List.of(text.apply("loss")), List.of(text.apply("depth")), List.of()));
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put(
                "experiments",
                new ExperimentsPage(
                        frame,
                        List.of(new ExperimentsPage.Row(
                                "1", text.apply("Churn"), HumaneTime.relative(Samples.NOW, Samples.NOW)))));
        pages.put(
                "experiment",
                new ExperimentPage(
                        frame,
                        "1",
                        text.apply("Churn"),
                        search,
                        RunTable.of(runs, search.columns(), Samples.NOW),
                        100,
                        null));
        pages.put(
                "run",
                RunPage.of(
                        frame,
                        text.apply("Churn"),
                        runs.getFirst(),
                        new RunCurves.Shown(charts(1), Map.of(text.apply("loss"), curve()), 3),
                        new RunMaking(List.of(new RunMaking.Fact(
                                "Notebook", text.apply("train.ipynb"), text.apply("code 12"), null))),
                        files,
                        Samples.NOW));
        pages.put("files", FilesPage.of(frame, text.apply("Churn"), first, text.apply("plots"), files));
        pages.put(
                "compare",
                new ComparePage(
                        frame,
                        "1",
                        text.apply("Churn"),
                        RunComparison.of(runs, Samples.NOW),
                        charts(2),
                        0,
                        RunSpace.of(
                                runs,
                                new SimpleHttpParameters(ConversionService.SHARED),
                                Map.of(first.id().value(), 0))));
        return pages;
    }

    private RecordedRun run(String digit, double loss, String depth) {
        long started = Samples.NOW.toEpochMilli() - 3_600_000;
        return new RecordedRun(
                new ExperimentRun(
                        new RunId(digit.repeat(32)),
                        new ExperimentId("1"),
                        text.apply("forest " + digit),
                        new UserName("alice"),
                        RunStatus.FINISHED,
                        started,
                        started + 90_000,
                        false),
                Map.of(text.apply("depth"), text.apply(depth)),
                Map.of(text.apply("team"), text.apply("blue")),
                List.of(new Metric(text.apply("loss"), loss, started, 99)),
                List.of(),
                List.of(),
                List.of());
    }

    private Curve curve() {
        return new Curve(
                text.apply("loss"),
                LongStream.range(0, 100)
                        .mapToObj(step -> new Metric(text.apply("loss"), 2.0 / (step + 1), step, step))
                        .toList(),
                1);
    }

    private List<LineChart> charts(int runs) {
        return List.of(LineChart.of(
                text.apply("loss"),
                LongStream.range(0, runs)
                        .mapToObj(place -> LineChart.Line.of(text.apply("forest " + place), (int) place, curve()))
                        .toList()));
    }
}
