package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Alias;
import io.benchtop.service.model.ModelFilter;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.RegisteredModel;
import io.benchtop.service.problem.ErrorCode;
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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registered models, as MLflow's clients ask for them. */
@Controller("/mlflow/api/2.0/mlflow/registered-models")
@Consumes(MediaType.ALL)
final class RegisteredModelTracking {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Models models;

    RegisteredModelTracking(Models models) {
        this.models = requireNonNull(models, "models is null");
    }

    private static ModelName name(TrackingFields fields) {
        return new ModelName(fields.text("name"));
    }

    private HttpResponse<String> answer(Caller caller, RegisteredModel model) {
        return TrackingJson.answer("registered_model", json(caller, model));
    }

    private JsonObject json(Caller caller, RegisteredModel model) {
        return RegistryJson.of(model, models.versions(caller, model.name()));
    }

    @Post("/create")
    HttpResponse<String> create(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        return answer(
                caller,
                models.create(
                        caller,
                        new Models.Request(
                                name(fields),
                                fields.optional("description", ""),
                                Set.of(),
                                Set.of(),
                                false,
                                fields.pairs("tags"))));
    }

    @Get("/get")
    HttpResponse<String> get(Caller caller, HttpRequest<?> request) {
        return answer(caller, models.get(caller, name(TrackingFields.of(request))));
    }

    @Get("/search")
    HttpResponse<String> search(Caller caller, HttpRequest<?> request) {
        TrackingFields fields = TrackingFields.of(request);
        int size = fields.number("max_results", PAGE, 1, LARGEST_PAGE);
        int offset = PageToken.offset(fields.optional("page_token"));
        Comparator<RegisteredModel> order = request.getParameters().getAll("order_by").stream()
                .map(ModelFilter::order)
                .reduce(Comparator::thenComparing)
                .orElse(Comparator.comparing(RegisteredModel::name));
        List<RegisteredModel> page = models.search(caller, "").stream()
                .filter(ModelFilter.of(fields.optional("filter", "")))
                .sorted(order)
                .skip(offset)
                .limit(size + 1L)
                .toList();
        return TrackingJson.page("registered_models", page, offset, size, model -> json(caller, model));
    }

    @Patch("/update")
    HttpResponse<String> update(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        return answer(
                caller, models.change(caller, name(fields), fields.optional("description", ""), null, null, null));
    }

    /** The name is where the files are, and what endpoints know the model by. */
    @Post("/rename")
    HttpResponse<String> rename(Caller caller, @Body @Nullable String body) {
        RegisteredModel model = models.get(caller, name(TrackingFields.of(body)));
        throw ProblemException.of(
                ErrorCode.BAD_REQUEST,
                "The model \"" + model.name() + "\" keeps its name for ever, because its files lie under it. Register a"
                        + " model of the new name instead.");
    }

    @Delete("/delete")
    HttpResponse<String> delete(Caller caller, @Body @Nullable String body) {
        models.remove(caller, name(TrackingFields.of(body)));
        return TrackingJson.empty();
    }

    @Post("/get-latest-versions")
    HttpResponse<String> latest(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        return latest(caller, name(fields), fields.texts("stages"));
    }

    @Get("/get-latest-versions")
    HttpResponse<String> latest(Caller caller, HttpRequest<?> request) {
        return latest(
                caller,
                name(TrackingFields.of(request)),
                request.getParameters().getAll("stages"));
    }

    private HttpResponse<String> latest(Caller caller, ModelName name, List<String> stages) {
        RegisteredModel model = models.get(caller, name);
        List<ModelVersion> latest = RegistryJson.latest(models.versions(caller, name)).stream()
                .filter(version -> stages.isEmpty()
                        || stages.stream().anyMatch(stage -> stage.equalsIgnoreCase(RegistryJson.stage(version))))
                .toList();
        return TrackingJson.answer(
                "model_versions", TrackingJson.array(latest, version -> RegistryJson.of(new Found(model, version))));
    }

    @Post("/set-tag")
    HttpResponse<String> setTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        models.tag(caller, name(fields), fields.text("key"), fields.value("value"));
        return TrackingJson.empty();
    }

    @Delete("/delete-tag")
    HttpResponse<String> deleteTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        models.tag(caller, name(fields), fields.text("key"), null);
        return TrackingJson.empty();
    }

    @Post("/alias")
    HttpResponse<String> point(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        Found found = ModelVersionTracking.version(models, caller, fields);
        models.point(
                caller,
                name(fields),
                new Alias(fields.text("alias")),
                found.version().version());
        return TrackingJson.empty();
    }

    @Get("/alias")
    HttpResponse<String> byAlias(Caller caller, HttpRequest<?> request) {
        TrackingFields fields = TrackingFields.of(request);
        String alias = new Alias(fields.text("alias")).value();
        return TrackingJson.answer("model_version", RegistryJson.of(models.version(caller, name(fields), alias)));
    }

    @Delete("/alias")
    HttpResponse<String> removeAlias(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        models.removeAlias(caller, name(fields), new Alias(fields.text("alias")));
        return TrackingJson.empty();
    }
}
