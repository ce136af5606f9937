package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.benchtop.service.experiment.ArtifactPath;
import io.benchtop.service.experiment.ArtifactStore.Content;
import io.benchtop.service.experiment.ArtifactStore.Entry;
import io.benchtop.service.experiment.Artifacts;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.LoggedModel;
import io.benchtop.service.experiment.LoggedModels;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.table.ReadableFile;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Files of runs, as MLflow's clients ask for them: whole, by one request each, streamed in both directions.
 *
 * @see <a href="https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/">MLflow: Artifact Stores</a>
 */
@Controller("/mlflow/api/2.0")
@Consumes(MediaType.ALL)
final class ArtifactTracking {

    private final Artifacts artifacts;
    private final Runs runs;
    private final LoggedModels models;
    private final RegistryFiles registry;

    ArtifactTracking(Artifacts artifacts, Runs runs, LoggedModels models, RegistryFiles registry) {
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.models = requireNonNull(models, "models is null");
        this.registry = requireNonNull(registry, "registry is null");
    }

    @Get("/mlflow-artifacts/artifacts")
    HttpResponse<String> list(Caller caller, HttpRequest<?> request) {
        String path = TrackingFields.of(request).text("path");
        if (RegistryFiles.holds(path)) {
            return TrackingJson.answer("files", registry.list(caller, path));
        }
        ArtifactPath folder = ArtifactPath.parse(path);
        return TrackingJson.answer("files", files(artifacts.list(caller, folder), ""));
    }

    @Get("/mlflow/artifacts/list")
    HttpResponse<String> listOfRun(Caller caller, HttpRequest<?> request) {
        TrackingFields fields = TrackingFields.of(request);
        ExperimentRun run =
                runs.get(caller, fields.either("run_id", "run_uuid")).run();
        return listed(caller, run.experiment() + "/" + run.id() + "/artifacts", fields.optional("path", ""));
    }

    @Get("/mlflow/logged-models/{id}/artifacts/directories")
    HttpResponse<String> listOfModel(Caller caller, String id, HttpRequest<?> request) {
        LoggedModel model = models.get(caller, id).model();
        return listed(
                caller,
                TrackingJson.artifacts(model),
                TrackingFields.of(request).optional("artifact_directory_path", ""));
    }

    private HttpResponse<String> listed(Caller caller, String root, String below) {
        ArtifactPath folder = ArtifactPath.parse(below.isEmpty() ? root : root + "/" + below);
        JsonObject answer = new JsonObject();
        answer.addProperty("root_uri", "mlflow-artifacts:/" + root);
        answer.add("files", files(artifacts.list(caller, folder), below.isEmpty() ? "" : below + "/"));
        return TrackingJson.answer(answer);
    }

    private static JsonArray files(List<Entry> entries, String prefix) {
        return TrackingJson.array(entries, entry -> {
            JsonObject file = new JsonObject();
            file.addProperty("path", prefix + entry.name());
            file.addProperty("is_dir", entry.isFolder());
            if (!entry.isFolder()) {
                file.addProperty("file_size", entry.size());
            }
            return file;
        });
    }

    /** Never as what it says it is: a page that somebody logged must not act in the dashboard's name. */
    @Get("/mlflow-artifacts/artifacts/{+path}")
    MutableHttpResponse<StreamedFile> download(Caller caller, String path) throws IOException {
        Content content = open(caller, path);
        StreamedFile file =
                new StreamedFile(content.stream(), MediaType.APPLICATION_OCTET_STREAM_TYPE, 0, content.size());
        return HttpResponse.ok(file.attach("artifact")).header("X-Content-Type-Options", "nosniff");
    }

    private Content open(Caller caller, String path) throws IOException {
        if (RegistryFiles.holds(path)) {
            ReadableFile file = registry.open(caller, path);
            return new Content(file.read(), file.size());
        }
        return artifacts.open(caller, ArtifactPath.parse(path));
    }

    @Put("/mlflow-artifacts/artifacts/{+path}")
    HttpResponse<String> upload(Caller caller, String path, ServerHttpRequest<?> request) throws IOException {
        ArtifactPath file = ArtifactPath.parse(path);
        try (CloseableByteBody body = request.byteBody().move();
                InputStream content = body.toInputStream()) {
            artifacts.write(caller, file, content);
        }
        return TrackingJson.empty();
    }

    @Delete("/mlflow-artifacts/artifacts/{+path}")
    HttpResponse<String> delete(Caller caller, String path) {
        artifacts.remove(caller, ArtifactPath.parse(path));
        return TrackingJson.empty();
    }
}
