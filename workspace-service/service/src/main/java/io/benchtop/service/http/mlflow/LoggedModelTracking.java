package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.LoggedModel;
import io.benchtop.service.experiment.LoggedModels;
import io.benchtop.service.experiment.MeasuredData;
import io.benchtop.service.experiment.MeasuredModel;
import io.benchtop.service.experiment.ModelOrder;
import io.benchtop.service.experiment.ModelQuery;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logged models, as MLflow's clients ask for them since its version 3. */
@Controller("/mlflow/api/2.0/mlflow/logged-models")
@Consumes(MediaType.ALL)
final class LoggedModelTracking {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 50_000;

    /** What is kept in memory at once; clients that ask for more go on with the token. */
    private static final int MOST_AT_ONCE = 500;

    private final LoggedModels models;

    LoggedModelTracking(LoggedModels models) {
        this.models = requireNonNull(models, "models is null");
    }

    @Post
    HttpResponse<String> create(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        LoggedModel created = models.create(
                caller,
                fields.text("experiment_id"),
                fields.optional("name"),
                fields.optional("model_type", ""),
                fields.filled("source_run_id"),
                fields.pairs("params"),
                fields.pairs("tags"));
        return answer(new MeasuredModel(created, List.of()));
    }

    private static HttpResponse<String> answer(MeasuredModel model) {
        return TrackingJson.answer("model", TrackingJson.of(model));
    }

    @Get("/{id}")
    HttpResponse<String> get(Caller caller, String id) {
        return answer(models.get(caller, id));
    }

    @Patch("/{id}")
    HttpResponse<String> finish(Caller caller, String id, @Body @Nullable String body) {
        String name = TrackingFields.of(body).text("status");
        LoggedModel.Status status = Arrays.stream(LoggedModel.Status.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidField(
                        "status", "must be one of " + Arrays.toString(LoggedModel.Status.values())));
        models.finish(caller, id, status);
        return answer(models.get(caller, id));
    }

    @Delete("/{id}")
    HttpResponse<String> delete(Caller caller, String id) {
        models.remove(caller, id);
        return TrackingJson.empty();
    }

    @Patch("/{id}/tags")
    HttpResponse<String> tag(Caller caller, String id, @Body @Nullable String body) {
        models.tag(caller, id, TrackingFields.of(body).pairs("tags"));
        return answer(models.get(caller, id));
    }

    @Delete("/{id}/tags/{key}")
    HttpResponse<String> deleteTag(Caller caller, String id, String key) {
        models.removeTag(caller, id, key);
        return TrackingJson.empty();
    }

    @Post("/{id}/params")
    HttpResponse<String> addParams(Caller caller, String id, @Body @Nullable String body) {
        models.addParams(caller, id, TrackingFields.of(body).pairs("params"));
        return TrackingJson.empty();
    }

    @Post("/search")
    HttpResponse<String> search(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        List<MeasuredData> data =
                fields.list("datasets").stream().map(LoggedModelTracking::data).toList();
        List<ModelOrder> orders = fields.list("order_by").stream()
                .map(order -> new ModelOrder(order.text("field_name").strip(), order.isFalse("ascending"), data(order)))
                .toList();
        int size = Math.min(MOST_AT_ONCE, fields.number("max_results", PAGE, 1, LARGEST_PAGE));
        int offset = PageToken.offset(fields.optional("page_token"));
        List<MeasuredModel> found = models.search(
                caller,
                fields.texts("experiment_ids"),
                ModelQuery.of(fields.optional("filter", ""), data, orders),
                offset,
                size + 1);
        return TrackingJson.page("models", found, offset, size, TrackingJson::of);
    }

    private static MeasuredData data(TrackingFields fields) {
        return new MeasuredData(fields.filled("dataset_name"), fields.filled("dataset_digest"));
    }
}
