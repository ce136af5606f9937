package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.ExperimentSearch;
import io.benchtop.service.experiment.Experiments;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Experiments, as MLflow's clients ask for them. */
@Controller("/mlflow/api/2.0/mlflow/experiments")
@Consumes(MediaType.ALL)
final class ExperimentTracking {

    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 50_000;
    private static final int MOST_ORDERS = 10;

    private final Experiments experiments;

    ExperimentTracking(Experiments experiments) {
        this.experiments = requireNonNull(experiments, "experiments is null");
    }

    @Post("/create")
    HttpResponse<String> create(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        Experiment created = experiments.create(caller, fields.text("name"), fields.pairs("tags"));
        JsonObject answer = new JsonObject();
        answer.addProperty("experiment_id", created.id().value());
        return TrackingJson.answer(answer);
    }

    @Get("/get")
    HttpResponse<String> get(Caller caller, HttpRequest<?> request) {
        String id = TrackingFields.of(request).text("experiment_id");
        return TrackingJson.answer("experiment", TrackingJson.of(experiments.get(caller, id)));
    }

    @Get("/get-by-name")
    HttpResponse<String> getByName(Caller caller, HttpRequest<?> request) {
        String name = TrackingFields.of(request).text("experiment_name");
        return TrackingJson.answer("experiment", TrackingJson.of(experiments.byName(caller, name)));
    }

    @Post("/search")
    HttpResponse<String> search(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        return found(caller, fields, fields.texts("order_by"));
    }

    @Get("/search")
    HttpResponse<String> search(Caller caller, HttpRequest<?> request) {
        return found(caller, TrackingFields.of(request), request.getParameters().getAll("order_by"));
    }

    private HttpResponse<String> found(Caller caller, TrackingFields fields, List<String> orderBy) {
        int size = fields.number("max_results", PAGE, 1, LARGEST_PAGE);
        int offset = PageToken.offset(fields.optional("page_token"));
        Boolean deleted = ViewType.deleted(fields.optional("view_type"));
        if (orderBy.size() > MOST_ORDERS) {
            throw ProblemException.invalidField("order_by", "at most " + MOST_ORDERS + " fields are possible");
        }
        Comparator<Experiment> order = orderBy.stream()
                .map(ExperimentSearch::order)
                .reduce(Comparator::thenComparing)
                .orElse(null);
        var matching = experiments.list(caller).stream()
                .filter(one -> deleted == null || one.deleted() == deleted)
                .filter(ExperimentSearch.filter(fields.optional("filter", "")));
        List<Experiment> page = (order == null ? matching : matching.sorted(order))
                .skip(offset)
                .limit(size + 1L)
                .toList();
        return TrackingJson.page("experiments", page, offset, size, TrackingJson::of);
    }

    @Post("/update")
    HttpResponse<String> update(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        experiments.rename(caller, fields.text("experiment_id"), fields.text("new_name"));
        return TrackingJson.empty();
    }

    @Post("/delete")
    HttpResponse<String> delete(Caller caller, @Body @Nullable String body) {
        experiments.delete(caller, TrackingFields.of(body).text("experiment_id"));
        return TrackingJson.empty();
    }

    @Post("/restore")
    HttpResponse<String> restore(Caller caller, @Body @Nullable String body) {
        experiments.restore(caller, TrackingFields.of(body).text("experiment_id"));
        return TrackingJson.empty();
    }

    @Post("/set-experiment-tag")
    HttpResponse<String> setTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        experiments.setTag(caller, fields.text("experiment_id"), fields.text("key"), fields.value("value"));
        return TrackingJson.empty();
    }

    @Post("/delete-experiment-tag")
    HttpResponse<String> deleteTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        experiments.removeTag(caller, fields.text("experiment_id"), fields.text("key"));
        return TrackingJson.empty();
    }
}
