package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Experiments;
import io.benchtop.service.experiment.RecordedRun;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs of one experiment side by side. */
@Controller
@Produces(MediaType.TEXT_HTML)
final class CompareController {

    private static final int MOST_COMPARED = 10;
    private static final int MOST_OF_ALL = 500;

    private final Experiments experiments;
    private final Runs runs;
    private final RunCurves curves;
    private final Frames frames;
    private final InstantSource clock;

    CompareController(Experiments experiments, Runs runs, RunCurves curves, Frames frames, InstantSource clock) {
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.curves = requireNonNull(curves, "curves is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Runs are named as {@code runs=a,b} or, as a form of a browser does, as {@code runs=a&runs=b}. */
    @Get("/experiments/{id}/compare")
    HttpResponse<String> compare(HttpRequest<?> request, Caller caller, String id) {
        Experiment experiment = experiments.get(caller, id);
        List<RecordedRun> compared =
                compared(caller, experiment, request.getParameters().getAll("runs"));
        List<ExperimentRun> bare = compared.stream().map(RecordedRun::run).toList();
        RunCurves.Shown shown = curves.of(caller, bare);
        Map<String, Integer> colours = IntStream.range(0, bare.size())
                .boxed()
                .collect(Collectors.toMap(place -> bare.get(place).id().value(), Function.identity()));
        return Answers.page(new ComparePage(
                frames.of(request, Section.EXPERIMENTS),
                experiment.id().value(),
                experiment.name(),
                RunComparison.of(compared, clock.instant()),
                shown.charts(),
                shown.left(),
                RunSpace.of(all(caller, id), request.getParameters(), colours)));
    }

    private List<RecordedRun> compared(Caller caller, Experiment experiment, List<String> named) {
        List<String> ids = named.stream()
                .flatMap(each -> Stream.of(each.split(",")))
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        if (ids.size() > MOST_COMPARED) {
            throw ProblemException.invalidField(
                    "runs", "names " + ids.size() + " runs, and at most " + MOST_COMPARED + " can be compared");
        }
        return ids.stream().map(each -> run(caller, experiment, each)).toList();
    }

    private RecordedRun run(Caller caller, Experiment experiment, String id) {
        RecordedRun run = runs.get(caller, id);
        if (!run.run().experiment().equals(experiment.id())) {
            throw ProblemException.notFound("run", id);
        }
        return run;
    }

    private List<RecordedRun> all(Caller caller, String id) {
        return runs.search(caller, List.of(id), false, "", List.of(), 0, MOST_OF_ALL);
    }
}
