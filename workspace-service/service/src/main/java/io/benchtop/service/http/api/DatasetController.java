package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.dataset.ChangeDatasetRequest;
import io.benchtop.api.dataset.CreateDatasetRequest;
import io.benchtop.api.dataset.Dataset;
import io.benchtop.api.dataset.DatasetList;
import io.benchtop.api.dataset.OpenRequest;
import io.benchtop.api.dataset.Plan;
import io.benchtop.api.dataset.Preview;
import io.benchtop.api.dataset.Version;
import io.benchtop.api.dataset.VersionFiles;
import io.benchtop.api.dataset.VersionList;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetVersion;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.dataset.Datasets;
import io.benchtop.service.dataset.Reads;
import io.benchtop.service.dataset.Reads.Opened;
import io.benchtop.service.dataset.Refreshes;
import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.TablePreview;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue of datasets, and the plan call that everything that reads begins with. */
@Controller("/api/v1/datasets")
final class DatasetController {

    private static final int DIGEST_OF_INPUT = 36;

    private final Datasets datasets;
    private final Reads reads;
    private final Refreshes refreshes;
    private final Runs runs;

    DatasetController(Datasets datasets, Reads reads, Refreshes refreshes, Runs runs) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.refreshes = requireNonNull(refreshes, "refreshes is null");
        this.runs = requireNonNull(runs, "runs is null");
    }

    @Get
    DatasetList list(Caller caller, @QueryValue(defaultValue = "") String search) {
        return new DatasetList(datasets.search(caller, search).stream()
                .map(DatasetDescriptions::summary)
                .toList());
    }

    /** Of data outside, the first version is made at once, so that a wrong path or table is told now. */
    @Post
    HttpResponse<Dataset> create(Caller caller, @Body CreateDatasetRequest request) throws IOException {
        caller.require(Role.DEVELOPER);
        DatasetName name = DatasetName.parse(Required.field("name", request.name()));
        io.benchtop.service.dataset.Dataset made = datasets.create(
                caller,
                new Datasets.Request(
                        name,
                        request.description() == null ? "" : request.description(),
                        request.tags() == null ? Map.of() : request.tags(),
                        request.readers() == null ? Set.of() : Set.copyOf(request.readers()),
                        DatasetDescriptions.source(request.source())));
        if (!made.source().kind().equals("managed")) {
            refreshNew(caller, name);
        }
        return HttpResponse.created(
                DatasetDescriptions.all(datasets.get(caller, name), true), URI.create("/api/v1/datasets/" + name));
    }

    private void refreshNew(Caller caller, DatasetName name) throws IOException {
        try {
            refreshes.refresh(caller, name);
        } catch (IOException | RuntimeException e) {
            datasets.remove(caller, name);
            throw e;
        }
    }

    @Get("/{space}/{name}")
    Dataset get(Caller caller, String space, String name) {
        return described(caller, datasets.get(caller, DatasetName.existing(space, name)));
    }

    private Dataset described(Caller caller, io.benchtop.service.dataset.Dataset dataset) {
        return DatasetDescriptions.all(dataset, datasets.isMine(caller, dataset));
    }

    @Patch("/{space}/{name}")
    Dataset change(Caller caller, String space, String name, @Body ChangeDatasetRequest request) {
        return described(
                caller,
                datasets.change(
                        caller,
                        DatasetName.existing(space, name),
                        request.description(),
                        request.tags(),
                        request.readers() == null ? null : Set.copyOf(request.readers())));
    }

    @Delete("/{space}/{name}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(Caller caller, String space, String name) {
        datasets.remove(caller, DatasetName.existing(space, name));
    }

    @Get("/{space}/{name}/versions")
    VersionList versions(Caller caller, String space, String name) {
        return new VersionList(datasets.versions(caller, DatasetName.existing(space, name)).stream()
                .map(DatasetDescriptions::version)
                .toList());
    }

    @Get("/{space}/{name}/versions/{number}")
    VersionFiles version(Caller caller, String space, String name, long number) {
        DatasetVersion version = datasets.version(caller, DatasetName.existing(space, name), number);
        return VersionFiles.of(
                DatasetDescriptions.version(version),
                datasets.files(caller, DatasetName.existing(space, name), number).stream()
                        .map(DatasetDescriptions::file)
                        .toList());
    }

    @Get("/{space}/{name}/preview")
    Preview preview(Caller caller, String space, String name, @QueryValue @Nullable Long version) {
        DatasetVersion found = datasets.version(caller, DatasetName.existing(space, name), version);
        TablePreview preview = datasets.preview(caller, DatasetName.existing(space, name), found.number())
                .orElseThrow(() -> ProblemException.of(
                        ErrorCode.NOT_FOUND,
                        "Version " + found.number() + " of \"" + space + "/" + name + "\" has files of the format "
                                + found.format().code() + " and no rows to show. Open its files."));
        return DatasetDescriptions.preview(found, preview);
    }

    @Post("/{space}/{name}:refresh")
    Version refresh(Caller caller, String space, String name) throws IOException {
        return DatasetDescriptions.version(refreshes.refresh(caller, DatasetName.existing(space, name)));
    }

    /** A run that reads is told what it has read. */
    @Post("/{space}/{name}:open")
    Plan open(Caller caller, String space, String name, @Body OpenRequest request) throws IOException {
        Opened opened = reads.open(
                caller,
                DatasetName.existing(space, name),
                new Reads.Request(
                        request.version(),
                        request.columns(),
                        request.where() == null ? "" : request.where(),
                        origin(caller, request.run())));
        if (request.run() != null) {
            runs.logInputs(caller, request.run(), List.of(input(opened)), List.of());
        }
        return DatasetDescriptions.plan(opened);
    }

    static Origin origin(Caller caller, @Nullable String run) {
        return new Origin(
                run, caller.credential() instanceof Credential.WorkspaceServer server ? server.workspaceId() : null);
    }

    private static DatasetInput input(Opened opened) {
        String name = opened.dataset().name().toString();
        return new DatasetInput(
                name,
                opened.version().digest().substring(0, DIGEST_OF_INPUT),
                "benchtop",
                "{\"uri\":\"bt://" + name + "@" + opened.version().number() + "\"}",
                null,
                null,
                Map.of("benchtop.version", Long.toString(opened.version().number())));
    }
}
