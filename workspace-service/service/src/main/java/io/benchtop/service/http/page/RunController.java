package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.ArtifactPath;
import io.benchtop.service.experiment.ArtifactStore.Content;
import io.benchtop.service.experiment.ArtifactStore.Entry;
import io.benchtop.service.experiment.Artifacts;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** One run for people, with its files. */
@Controller("/experiments/{experiment}/runs/{id}")
@Produces(MediaType.TEXT_HTML)
final class RunController {

    private final Experiments experiments;
    private final Runs runs;
    private final RunCurves curves;
    private final Artifacts artifacts;
    private final Origins origins;
    private final Frames frames;
    private final InstantSource clock;

    RunController(
            Experiments experiments,
            Runs runs,
            RunCurves curves,
            Artifacts artifacts,
            Origins origins,
            Frames frames,
            InstantSource clock) {
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.curves = requireNonNull(curves, "curves is null");
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        this.origins = requireNonNull(origins, "origins is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String experiment, String id) {
        RecordedRun run = run(caller, experiment, id);
        Experiment parent = experiments.get(caller, experiment);
        return Answers.page(RunPage.of(
                frames.of(request, Section.EXPERIMENTS),
                parent.name(),
                run,
                curves.of(caller, List.of(run.run())),
                RunMaking.of(run.tags(), workspace -> origins.workspace(caller, workspace)),
                files(caller, run.run(), ""),
                clock.instant()));
    }

    private RecordedRun run(Caller caller, String experiment, String id) {
        RecordedRun run = runs.get(caller, id);
        if (!run.run().experiment().value().equals(experiment)) {
            throw ProblemException.notFound("run", id);
        }
        return run;
    }

    private RunFiles files(Caller caller, ExperimentRun run, String folder) {
        if (!artifacts.areKept()) {
            return RunFiles.NOWHERE;
        }
        List<Entry> entries = artifacts.list(caller, ArtifactPath.ofRun(run, folder));
        if (entries.isEmpty() && !folder.isEmpty()) {
            throw ProblemException.notFound("folder", folder);
        }
        return RunFiles.of(run, folder, entries);
    }

    @Get("/files")
    HttpResponse<String> folder(
            HttpRequest<?> request,
            Caller caller,
            String experiment,
            String id,
            @QueryValue(defaultValue = "") String path) {
        ExperimentRun run = run(caller, experiment, id).run();
        Experiment parent = experiments.get(caller, experiment);
        RunFiles files = files(caller, run, path);
        return Answers.page(FilesPage.of(frames.of(request, Section.EXPERIMENTS), parent.name(), run, path, files));
    }

    @Get("/files/download")
    @Produces(MediaType.ALL)
    HttpResponse<StreamedFile> download(Caller caller, String experiment, String id, @QueryValue String path)
            throws IOException {
        return UntrustedFile.download(path, () -> open(caller, experiment, id, path));
    }

    @Get("/files/image")
    @Produces(MediaType.ALL)
    HttpResponse<StreamedFile> image(Caller caller, String experiment, String id, @QueryValue String path)
            throws IOException {
        return UntrustedFile.picture(path, () -> open(caller, experiment, id, path));
    }

    private UntrustedFile.Opened open(Caller caller, String experiment, String id, String path) {
        ExperimentRun run = run(caller, experiment, id).run();
        Content content = artifacts.open(caller, ArtifactPath.ofRun(run, path));
        return new UntrustedFile.Opened(content.stream(), content.size());
    }
}
