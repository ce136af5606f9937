package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.experiment.RunRepository.RunQuery;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people and their programs do with runs. Each logs to their own; an administrator sees all. */
public final class Runs {

    /** Where MLflow's clients keep a run's name beside the name itself. */
    private static final String NAME_TAG = "mlflow.runName";

    private static final String USER_TAG = "mlflow.user";
    private static final String WORKSPACE_TAG = "benchtop.workspace";
    private static final int READABLE = 8;

    private final RunRepository runs;
    private final Experiments experiments;
    private final LoggedModels models;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Runs(
            RunRepository runs,
            Experiments experiments,
            LoggedModels models,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.runs = requireNonNull(runs, "runs is null");
        this.experiments = requireNonNull(experiments, "experiments is null");
        this.models = requireNonNull(models, "models is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Begins a run. What the platform knows is written beside what the client says: whose it is, and in which workspace.
     *
     * @param experiment 0 for the one that everybody has
     * @param name one is made if null or empty
     * @param startedAt now if null
     */
    public RecordedRun create(
            Caller caller,
            String experiment,
            @Nullable String name,
            @Nullable Long startedAt,
            Map<String, String> tags) {
        Experiment parent = experiments.open(caller, experiment);
        RunId id = RunId.random();
        String told = name == null || name.isEmpty() ? tags.get(NAME_TAG) : name;
        String called = told == null || told.isEmpty() ? "run-" + id.value().substring(0, READABLE) : told;
        Map<String, String> all = new HashMap<>(tags);
        all.put(NAME_TAG, called);
        all.put(USER_TAG, caller.user().value());
        if (caller.credential() instanceof Credential.WorkspaceServer(String workspace, long _, var _)) {
            all.put(WORKSPACE_TAG, workspace);
        }
        RunBatch batch = new RunBatch(List.of(), Map.of(), all);
        ExperimentRun run = new ExperimentRun(
                id,
                parent.id(),
                called,
                caller.user(),
                RunStatus.RUNNING,
                startedAt == null ? clock.millis() : startedAt,
                null,
                false);
        transactions.run(() -> {
            runs.insert(run);
            runs.log(id, batch);
        });
        return new RecordedRun(run, Map.of(), all, List.of(), List.of(), List.of(), List.of());
    }

    public RecordedRun get(Caller caller, String id) {
        return RunId.find(id)
                .flatMap(runs::read)
                .filter(found -> Experiments.maySee(caller, found.run().owner()))
                .orElseThrow(() -> ProblemException.notFound("run", id));
    }

    private ExperimentRun own(Caller caller, String id) {
        caller.require(Role.DEVELOPER);
        return RunId.find(id)
                .flatMap(runs::find)
                .filter(found -> caller.is(found.owner()))
                .orElseThrow(() -> ProblemException.notFound("run", id));
    }

    /** One that the caller may log to. */
    private ExperimentRun open(Caller caller, String id) {
        ExperimentRun run = own(caller, id);
        if (run.deleted()) {
            throw ProblemException.invalidField(
                    "run_id", "the run \"" + run.name() + "\" was deleted. Restore it to log to it");
        }
        return run;
    }

    /** Changes what is not null. */
    public ExperimentRun update(
            Caller caller, String id, @Nullable RunStatus status, @Nullable Long endedAt, @Nullable String name) {
        ExperimentRun run = open(caller, id);
        return transactions.call(() -> {
            if (name != null && !name.isEmpty()) {
                runs.rename(run.id(), name);
                runs.log(run.id(), RunBatch.tag(NAME_TAG, name));
            }
            return runs.change(
                            run.id(),
                            before -> before.in(
                                    status == null ? before.status() : status,
                                    endedAt == null ? before.endedAt() : endedAt))
                    .orElseThrow(() -> ProblemException.notFound("run", id));
        });
    }

    /** Keeps all of it or, if anything is wrong with it, nothing. */
    public void log(Caller caller, String id, RunBatch batch) {
        ExperimentRun run = open(caller, id);
        batch.ofModels().stream().map(ModelMetric::model).distinct().forEach(model -> models.open(caller, model));
        String name = batch.tags().get(NAME_TAG);
        if (name == null || name.isEmpty()) {
            runs.log(run.id(), batch);
        } else {
            transactions.run(() -> {
                runs.rename(run.id(), name);
                runs.log(run.id(), batch);
            });
        }
    }

    /**
     * Changes a tag, and nobody else does meanwhile.
     *
     * @param change gets null if there is no such tag
     */
    public void changeTag(Caller caller, String id, String key, Function<@Nullable String, String> change) {
        RunId run = open(caller, id).id();
        transactions.run(() -> {
            runs.change(run, UnaryOperator.identity());
            String before = runs.read(run).map(found -> found.tags().get(key)).orElse(null);
            runs.log(run, RunBatch.tag(key, change.apply(before)));
        });
    }

    public void removeTag(Caller caller, String id, String key) {
        if (!runs.removeTag(open(caller, id).id(), key)) {
            throw ProblemException.notFound("tag", key);
        }
    }

    /** @param readModels ids of logged models */
    public void logInputs(Caller caller, String id, List<DatasetInput> inputs, List<String> readModels) {
        readModels.forEach(LoggedModel::requireId);
        RunId run = open(caller, id).id();
        transactions.run(() -> {
            runs.addInputs(run, inputs);
            runs.addModelInputs(run, readModels);
        });
    }

    public void logOutputs(Caller caller, String id, List<ModelOutput> outputs) {
        runs.addOutputs(open(caller, id).id(), outputs);
    }

    public void delete(Caller caller, String id) {
        change(caller, id, "run.delete", before -> before.deleted(true));
    }

    public void restore(Caller caller, String id) {
        change(caller, id, "run.restore", before -> before.deleted(false));
    }

    private void change(Caller caller, String id, String action, UnaryOperator<ExperimentRun> change) {
        RunId found = own(caller, id).id();
        transactions.run(() -> runs.change(found, change)
                .ifPresent(after -> audit.done(
                        caller.user().value(), caller.address(), action, "run/" + after.id(), after.name())));
    }

    /** Every value of one metric, oldest first. */
    public List<Metric> history(Caller caller, String id, String metric, int offset, int limit) {
        return runs.history(visible(caller, id), metric, offset, limit);
    }

    private RunId visible(Caller caller, String id) {
        return RunId.find(id)
                .flatMap(runs::find)
                .filter(found -> Experiments.maySee(caller, found.owner()))
                .map(ExperimentRun::id)
                .orElseThrow(() -> ProblemException.notFound("run", id));
    }

    /** Names of the metrics of which one of these runs has values at more than one step, in their order. */
    public List<String> steppedMetrics(Caller caller, List<String> ids) {
        return runs.steppedMetrics(ids.stream().map(id -> visible(caller, id)).toList());
    }

    /**
     * The courses of those of these metrics that the run has, by name.
     *
     * @param most how many points each has at most
     */
    public List<Curve> curves(Caller caller, String id, List<String> metrics, int most) {
        return runs.curves(visible(caller, id), metrics, most);
    }

    /**
     * Runs of some experiments, as {@link RunSearch} reads searches.
     *
     * @param deleted null for both those that were deleted and those that were not
     * @param order the first counts most
     */
    public List<RecordedRun> search(
            Caller caller,
            List<String> experimentIds,
            @Nullable Boolean deleted,
            String filter,
            List<String> order,
            int offset,
            int limit) {
        return runs.search(new RunQuery(
                experiments.ids(caller, experimentIds),
                deleted,
                RunSearch.conditions(filter),
                RunSearch.orders(order),
                offset,
                limit));
    }
}
