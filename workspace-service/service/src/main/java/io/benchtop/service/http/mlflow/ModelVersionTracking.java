package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.Registration;
import io.benchtop.service.model.VersionFilter;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Versions of registered models, as MLflow's clients ask for them: by whole numbers. */
@Controller("/mlflow/api/2.0/mlflow/model-versions")
@Consumes(MediaType.ALL)
final class ModelVersionTracking {

    private static final int PAGE = 10_000;
    private static final int LARGEST_PAGE = 200_000;
    private static final List<String> STAGES = List.of(RegistryJson.NO_STAGE, "Staging", "Production", "Archived");

    private final Models models;
    private final Registration registration;

    ModelVersionTracking(Models models, Registration registration) {
        this.models = requireNonNull(models, "models is null");
        this.registration = requireNonNull(registration, "registration is null");
    }

    static Found version(Models models, Caller caller, TrackingFields fields) {
        String number = fields.text("version");
        if (!number.matches("\\d{1,9}")) {
            throw ProblemException.invalidField("version", "must be a whole number");
        }
        Found found = models.version(caller, new ModelName(fields.text("name")), Long.parseLong(number));
        if (found.version().isDeleted()) {
            throw ProblemException.notFound("version", found.model().name() + " " + number);
        }
        return found;
    }

    private static HttpResponse<String> answer(Found found) {
        return TrackingJson.answer("model_version", RegistryJson.of(found));
    }

    /** Its files are copied while the client waits; then it asks until the check is over. */
    @Post("/create")
    HttpResponse<String> create(Caller caller, @Body @Nullable String body) throws IOException {
        TrackingFields fields = TrackingFields.of(body);
        ModelName name = new ModelName(fields.text("name"));
        Map<String, String> tags = new TreeMap<>(fields.pairs("tags"));
        tags.remove(RegistryJson.STAGE);
        models.get(caller, name);
        ModelVersion made = registration.register(
                caller, name, fields.text("source"), fields.filled("run_id"), fields.optional("description", ""), tags);
        return answer(new Found(models.get(caller, name), made));
    }

    @Get("/get")
    HttpResponse<String> get(Caller caller, HttpRequest<?> request) {
        return answer(version(models, caller, TrackingFields.of(request)));
    }

    @Get("/get-download-uri")
    HttpResponse<String> files(Caller caller, HttpRequest<?> request) {
        JsonObject answer = new JsonObject();
        answer.addProperty("artifact_uri", RegistryJson.files(version(models, caller, TrackingFields.of(request))));
        return TrackingJson.answer(answer);
    }

    @Get("/search")
    HttpResponse<String> search(Caller caller, HttpRequest<?> request) {
        TrackingFields fields = TrackingFields.of(request);
        int size = fields.number("max_results", PAGE, 1, LARGEST_PAGE);
        int offset = PageToken.offset(fields.optional("page_token"));
        Comparator<Found> newest = Comparator.<Found>comparingLong(
                        found -> found.version().number())
                .reversed();
        Comparator<Found> order = request.getParameters().getAll("order_by").stream()
                .map(VersionFilter::order)
                .reduce(Comparator::thenComparing)
                .orElse(newest);
        List<Found> page = models.search(caller, "").stream()
                .flatMap(model -> models.versions(caller, model.name()).stream()
                        .filter(RegistryJson::isShown)
                        .map(version -> new Found(model, version)))
                .filter(VersionFilter.of(fields.optional("filter", "")))
                .sorted(order)
                .skip(offset)
                .limit(size + 1L)
                .toList();
        return TrackingJson.page("model_versions", page, offset, size, RegistryJson::of);
    }

    @Patch("/update")
    HttpResponse<String> update(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        Found found = version(models, caller, fields);
        return answer(models.describe(
                caller, found.model().name(), found.version().version(), fields.optional("description", "")));
    }

    @Delete("/delete")
    HttpResponse<String> delete(Caller caller, @Body @Nullable String body) {
        Found found = version(models, caller, TrackingFields.of(body));
        models.removeVersion(caller, found.model().name(), found.version().version());
        return TrackingJson.empty();
    }

    @Post("/set-tag")
    HttpResponse<String> setTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        tag(caller, fields, requireOwn(fields.text("key")), fields.value("value"));
        return TrackingJson.empty();
    }

    @Delete("/delete-tag")
    HttpResponse<String> deleteTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        tag(caller, fields, requireOwn(fields.text("key")), null);
        return TrackingJson.empty();
    }

    private static String requireOwn(String key) {
        if (key.equals(RegistryJson.STAGE) || key.equals(RegistryJson.VERSION)) {
            throw ProblemException.invalidField("key", "is a tag of Benchtop's own. Choose another");
        }
        return key;
    }

    private void tag(Caller caller, TrackingFields fields, String key, @Nullable String value) {
        Found found = version(models, caller, fields);
        models.tagVersion(caller, found.model().name(), found.version().version(), key, value);
    }

    /** Stages are MLflow's former aliases, and ask for the same. */
    @Post("/transition-stage")
    HttpResponse<String> transition(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        String asked = fields.text("stage");
        String stage = STAGES.stream()
                .filter(each -> each.equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidField("stage", "must be one of " + STAGES));
        Found found = version(models, caller, fields);
        if (stage.equals("Production") || stage.equals("Staging")) {
            Models.requirePromotable(found.model(), found.version());
            if (fields.optional("archive_existing_versions", "false").equalsIgnoreCase("true")) {
                archive(caller, found, stage);
            }
        }
        return answer(
                models.tagVersion(caller, found.model().name(), found.version().version(), RegistryJson.STAGE, stage));
    }

    private void archive(Caller caller, Found found, String stage) {
        models.versions(caller, found.model().name()).stream()
                .filter(version -> version.number() != found.version().number())
                .filter(version -> RegistryJson.stage(version).equals(stage))
                .forEach(version -> models.tagVersion(
                        caller, found.model().name(), version.version(), RegistryJson.STAGE, "Archived"));
    }
}
