package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people and their programs do with logged models: as with the runs of the same experiment. */
public final class LoggedModels {

    /** Models are named in addresses such as {@code models:/name/1}; MLflow's servers refuse the same. */
    private static final String UNUSABLE = "/:.%\"'";

    private final LoggedModelRepository models;
    private final Experiments experiments;
    private final InstantSource clock;

    public LoggedModels(LoggedModelRepository models, Experiments experiments, InstantSource clock) {
        this.models = requireNonNull(models, "models is null");
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param name one is made if null or empty */
    public LoggedModel create(
            Caller caller,
            String experiment,
            @Nullable String name,
            String type,
            @Nullable String sourceRun,
            Map<String, String> params,
            Map<String, String> tags) {
        if (sourceRun != null && RunId.find(sourceRun).isEmpty()) {
            throw ProblemException.invalidField("source_run_id", "must be the id of a run");
        }
        if (name != null && name.chars().anyMatch(each -> UNUSABLE.indexOf(each) >= 0)) {
            throw ProblemException.invalidField("name", "must hold none of the characters " + UNUSABLE);
        }
        long now = clock.millis();
        String id = LoggedModel.freshId();
        LoggedModel model = new LoggedModel(
                id,
                experiments.open(caller, experiment).id(),
                name == null || name.isEmpty() ? id : name,
                caller.user().value(),
                sourceRun,
                LoggedModel.Status.LOGGED_MODEL_PENDING,
                type,
                now,
                now,
                params,
                tags);
        models.insert(model);
        return model;
    }

    public MeasuredModel get(Caller caller, String id) {
        LoggedModel model = found(id);
        experiments.get(caller, model.experiment().value());
        return measured(List.of(model)).getFirst();
    }

    private List<MeasuredModel> measured(List<LoggedModel> bare) {
        Map<String, List<ModelMetric.Told>> metrics =
                models.metrics(bare.stream().map(LoggedModel::id).toList());
        return bare.stream()
                .map(model -> new MeasuredModel(model, metrics.getOrDefault(model.id(), List.of())))
                .toList();
    }

    /** Refuses all but one that the caller may change. */
    void open(Caller caller, String id) {
        experiments.open(caller, found(id).experiment().value());
    }

    private LoggedModel found(String id) {
        if (!LoggedModel.isId(id)) {
            throw missing(id);
        }
        return models.find(id).orElseThrow(() -> missing(id));
    }

    private static ProblemException missing(String id) {
        return ProblemException.notFound("logged model", id);
    }

    public void finish(Caller caller, String id, LoggedModel.Status status) {
        change(caller, id, model -> model.in(status, clock.millis()));
    }

    public void tag(Caller caller, String id, Map<String, String> tags) {
        change(caller, id, model -> model.tagged(tags, clock.millis()));
    }

    public void removeTag(Caller caller, String id, String key) {
        change(caller, id, model -> {
            if (!model.tags().containsKey(key)) {
                throw ProblemException.notFound("tag", key);
            }
            return model.withoutTag(key, clock.millis());
        });
    }

    public void addParams(Caller caller, String id, Map<String, String> params) {
        change(caller, id, model -> model.withParams(params, clock.millis()));
    }

    private void change(Caller caller, String id, UnaryOperator<LoggedModel> change) {
        open(caller, id);
        if (models.change(id, change).isEmpty()) {
            throw missing(id);
        }
    }

    public void remove(Caller caller, String id) {
        open(caller, id);
        models.remove(id);
    }

    /** Those of some experiments that meet a search, in its order. What was measured is read of those alone that need it. */
    public List<MeasuredModel> search(
            Caller caller, List<String> experimentIds, ModelQuery query, int offset, int limit) {
        List<LoggedModel> bare = models.list(experiments.ids(caller, experimentIds));
        List<MeasuredModel> all = query.needsMetrics()
                ? measured(bare)
                : bare.stream()
                        .map(model -> new MeasuredModel(model, List.of()))
                        .toList();
        List<MeasuredModel> page = all.stream()
                .filter(query.filter())
                .sorted(query.order())
                .skip(offset)
                .limit(limit)
                .toList();
        return query.needsMetrics()
                ? page
                : measured(page.stream().map(MeasuredModel::model).toList());
    }
}
