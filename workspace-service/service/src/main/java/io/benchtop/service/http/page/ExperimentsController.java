package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.Experiments;
import io.benchtop.service.experiment.RecordedRun;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Experiments and their runs for people; programs ask as MLflow does. */
@Controller
@Produces(MediaType.TEXT_HTML)
final class ExperimentsController {

    private static final int RUNS = 100;
    private static final int FARTHEST = 1_000_000;

    private final Experiments experiments;
    private final Runs runs;
    private final Frames frames;
    private final InstantSource clock;

    ExperimentsController(Experiments experiments, Runs runs, Frames frames, InstantSource clock) {
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Where MLflow's client says that a run can be looked at; what it puts behind the # leads on from there. */
    @Get("/mlflow")
    HttpResponse<String> mlflow() {
        return Answers.seeOther("/experiments");
    }

    @Get("/experiments")
    HttpResponse<String> list(HttpRequest<?> request, Caller caller) {
        Instant now = clock.instant();
        return Answers.page(new ExperimentsPage(
                frames.of(request, Section.EXPERIMENTS),
                experiments.list(caller).stream()
                        .filter(experiment -> !experiment.deleted())
                        .map(experiment -> new ExperimentsPage.Row(
                                experiment.id().value(),
                                experiment.name(),
                                HumaneTime.relative(Instant.ofEpochMilli(experiment.createdAt()), now)))
                        .toList()));
    }

    /** A search that cannot be read is shown again with what is wrong with it. */
    @Get("/experiments/{id}")
    HttpResponse<String> show(
            HttpRequest<?> request,
            Caller caller,
            String id,
            @QueryValue(defaultValue = "") String filter,
            @QueryValue(defaultValue = "") String order,
            @QueryValue(defaultValue = "0") int from) {
        Experiment experiment = experiments.get(caller, id);
        RunSearchForm search = new RunSearchForm(
                filter.strip(), order.strip(), Math.clamp(from, 0, FARTHEST), RunColumns.of(request.getParameters()));
        try {
            List<RecordedRun> found = runs.search(
                    caller,
                    List.of(id),
                    false,
                    search.filter(),
                    search.order().isEmpty() ? List.of() : List.of(search.order()),
                    search.from(),
                    RUNS + 1);
            return Answers.page(page(request, experiment, search, found, null));
        } catch (ProblemException problem) {
            return Answers.page(page(request, experiment, search, List.of(), problem.detail()))
                    .status(HttpStatus.valueOf(problem.code().status()));
        }
    }

    private ExperimentPage page(
            HttpRequest<?> request,
            Experiment experiment,
            RunSearchForm search,
            List<RecordedRun> found,
            @Nullable String problem) {
        return new ExperimentPage(
                frames.of(request, Section.EXPERIMENTS),
                experiment.id().value(),
                experiment.name(),
                search,
                RunTable.of(found.subList(0, Math.min(RUNS, found.size())), search.columns(), clock.instant()),
                found.size() > RUNS ? search.from() + RUNS : null,
                problem);
    }
}
