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

    public LoggedModel get(Caller caller, String id) {
        LoggedModel model = found(id);
        experiments.get(caller, model.experiment().value());
        return model;
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

    public LoggedModel finish(Caller caller, String id, LoggedModel.Status status) {
        return change(caller, id, model -> model.in(status, clock.millis()));
    }

    public LoggedModel tag(Caller caller, String id, Map<String, String> tags) {
        return change(caller, id, model -> model.tagged(tags, clock.millis()));
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

    private LoggedModel change(Caller caller, String id, UnaryOperator<LoggedModel> change) {
        experiments.open(caller, found(id).experiment().value());
        return models.change(id, change).orElseThrow(() -> missing(id));
    }

    public void remove(Caller caller, String id) {
        experiments.open(caller, found(id).experiment().value());
        models.remove(id);
    }

    /** Those of some experiments that meet a search, the latest made first. */
    public List<LoggedModel> search(Caller caller, List<String> experimentIds, String filter) {
        return models.list(experiments.ids(caller, experimentIds)).stream()
                .filter(ModelSearch.filter(filter))
                .toList();
    }
}
