package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ChangeModelVersionRequest;
import io.benchtop.api.model.ModelFile;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.api.model.ModelVersionList;
import io.benchtop.api.model.PublishRequest;
import io.benchtop.api.model.ReviewRequest;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Bump;
import io.benchtop.service.model.ModelFormat;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.Provenance;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.model.Publishing;
import io.benchtop.service.model.RegisteredModel;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions of models: begun, committed, looked at, reviewed. */
@Controller("/api/v1/models/{name}/versions")
final class ModelVersionController {

    private static final String SAMPLE = "sample.json";

    private final Models models;
    private final Publishing publishing;

    ModelVersionController(Models models, Publishing publishing) {
        this.models = requireNonNull(models, "models is null");
        this.publishing = requireNonNull(publishing, "publishing is null");
    }

    @Post
    HttpResponse<ModelVersion> begin(
            Caller caller, String name, @Body PublishRequest request, @Header("Idempotency-Key") @Nullable String key)
            throws IOException {
        ModelName model = new ModelName(name);
        io.benchtop.service.model.ModelVersion begun = publishing.begin(caller, model, asked(request), key);
        return HttpResponse.created(described(caller, model, begun));
    }

    private ModelVersion described(Caller caller, ModelName name, io.benchtop.service.model.ModelVersion version) {
        return ModelDescriptions.version(new Found(models.get(caller, name), version));
    }

    private static Publishing.Request asked(PublishRequest request) {
        if (request.bump() != null && request.version() != null) {
            throw ProblemException.invalidField("bump", "cannot stand beside version; say one of them");
        }
        List<PublishedFile> files = Required.field("files", request.files()).stream()
                .map(ModelVersionController::file)
                .toList();
        boolean hasSample = files.stream().anyMatch(file -> file.path().value().equals(SAMPLE));
        if (request.sample() == null && !hasSample) {
            throw ProblemException.invalidField(
                    "sample",
                    "is missing: a request and the answer that is expected, by which the model is checked before it is"
                            + " published");
        }
        return new Publishing.Request(
                request.bump() == null ? Bump.PATCH : Bump.parse(request.bump()),
                request.version() == null ? null : SemanticVersion.parse(request.version()),
                ModelFormat.parse(Required.field("format", request.format())),
                files,
                request.signature(),
                request.sample(),
                request.description() == null ? "" : request.description(),
                request.metrics() == null ? Map.of() : request.metrics(),
                new Provenance(
                        request.runId(),
                        request.datasets() == null ? List.of() : request.datasets(),
                        request.notebook(),
                        request.image(),
                        null),
                Map.of());
    }

    private static PublishedFile file(ModelFile file) {
        return new PublishedFile(new FilePath(file.path()), file.size(), file.sha256());
    }

    @Get
    ModelVersionList versions(Caller caller, String name) {
        RegisteredModel model = models.get(caller, new ModelName(name));
        return new ModelVersionList(ModelDescriptions.all(
                models.versions(caller, model.name()),
                version -> ModelDescriptions.version(new Found(model, version))));
    }

    /** @param version such as {@code 1.2.3}, or an alias */
    @Get("/{version}")
    ModelVersion get(Caller caller, String name, String version) {
        return ModelDescriptions.version(models.version(caller, new ModelName(name), version));
    }

    @Patch("/{version}")
    ModelVersion change(Caller caller, String name, String version, @Body ChangeModelVersionRequest request) {
        String description = request.description();
        return description == null
                ? get(caller, name, version)
                : ModelDescriptions.version(
                        models.describe(caller, new ModelName(name), SemanticVersion.parse(version), description));
    }

    @Delete("/{version}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(Caller caller, String name, String version) {
        models.removeVersion(caller, new ModelName(name), SemanticVersion.parse(version));
    }

    @Post("/{version}:commit")
    HttpResponse<ModelVersion> commit(Caller caller, String name, String version) {
        ModelName model = new ModelName(name);
        return HttpResponse.accepted()
                .body(described(caller, model, publishing.commit(caller, model, SemanticVersion.parse(version))));
    }

    @Post("/{version}:approve")
    ModelVersion approve(Caller caller, String name, String version, @Body ReviewRequest request) {
        return review(caller, name, version, true, request);
    }

    @Post("/{version}:reject")
    ModelVersion reject(Caller caller, String name, String version, @Body ReviewRequest request) {
        return review(caller, name, version, false, request);
    }

    private ModelVersion review(Caller caller, String name, String version, boolean approved, ReviewRequest request) {
        return ModelDescriptions.version(models.review(
                caller,
                new ModelName(name),
                SemanticVersion.parse(version),
                approved,
                request.comment() == null ? "" : request.comment()));
    }
}
