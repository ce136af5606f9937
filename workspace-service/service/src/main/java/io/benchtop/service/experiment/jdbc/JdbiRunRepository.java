package io.benchtop.service.experiment.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Curve;
import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.experiment.ExperimentId;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.ModelMetric;
import io.benchtop.service.experiment.ModelOutput;
import io.benchtop.service.experiment.RecordedRun;
import io.benchtop.service.experiment.RunBatch;
import io.benchtop.service.experiment.RunId;
import io.benchtop.service.experiment.RunRepository;
import io.benchtop.service.experiment.RunStatus;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Runs in the table {@code experiment_runs}, and what was logged of them in those that begin with {@code run_}. Rows are
 * written in the order of their keys, so that two who log to one run wait for each other and never for ever.
 */
public final class JdbiRunRepository implements RunRepository {

    private final Jdbi jdbi;

    public JdbiRunRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void insert(ExperimentRun run) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into experiment_runs
                            (id, experiment_id, name, owner, status, started_at, ended_at, deleted)
                        values (:id, :experiment, :name, :owner, :status, :startedAt, :endedAt, :deleted)
                        """)
                .bind("id", run.id().value())
                .bind("experiment", run.experiment().value())
                .bind("name", run.name())
                .bind("owner", run.owner().value())
                .bind("status", run.status().name())
                .bind("startedAt", run.startedAt())
                .bind("endedAt", run.endedAt())
                .bind("deleted", run.deleted())
                .execute());
    }

    @Override
    public Optional<ExperimentRun> find(RunId id) {
        return jdbi.withHandle(handle -> find(handle, id, ""));
    }

    private static Optional<ExperimentRun> find(Handle handle, RunId id, String suffix) {
        return handle.createQuery("select " + RunSelect.COLUMNS + " from experiment_runs r where r.id = :id" + suffix)
                .bind("id", id.value())
                .map(JdbiRunRepository::run)
                .findOne();
    }

    private static ExperimentRun run(ResultSet row, StatementContext context) throws SQLException {
        return new ExperimentRun(
                new RunId(row.getString("id")),
                new ExperimentId(row.getString("experiment_id")),
                row.getString("name"),
                new UserName(row.getString("owner")),
                RunStatus.valueOf(row.getString("status")),
                row.getLong("started_at"),
                row.getObject("ended_at", Long.class),
                row.getBoolean("deleted"));
    }

    @Override
    public Optional<RecordedRun> read(RunId id) {
        return jdbi.inTransaction(handle -> find(handle, id, "")
                .map(run -> RecordedRuns.of(handle, List.of(run)).getFirst()));
    }

    @Override
    public List<RecordedRun> search(RunQuery query) {
        if (query.experiments().isEmpty()) {
            return List.of();
        }
        return jdbi.inTransaction(handle -> RecordedRuns.of(
                handle,
                RunSelect.query(handle, query).map(JdbiRunRepository::run).list()));
    }

    @Override
    public void rename(RunId id, String name) {
        jdbi.useHandle(handle -> handle.createUpdate("update experiment_runs set name = :name where id = :id")
                .bind("id", id.value())
                .bind("name", name)
                .execute());
    }

    @Override
    public Optional<ExperimentRun> change(RunId id, UnaryOperator<ExperimentRun> change) {
        return jdbi.inTransaction(handle -> find(handle, id, " for update").map(before -> {
            ExperimentRun after = change.apply(before);
            if (!after.equals(before)) {
                handle.createUpdate("update experiment_runs set status = :status, ended_at = :endedAt,"
                                + " deleted = :deleted where id = :id")
                        .bind("id", id.value())
                        .bind("status", after.status().name())
                        .bind("endedAt", after.endedAt())
                        .bind("deleted", after.deleted())
                        .execute();
            }
            return after;
        }));
    }

    @Override
    public void changeAll(ExperimentId experiment, boolean deleted) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update experiment_runs set deleted = :deleted where experiment_id = :experiment")
                .bind("deleted", deleted)
                .bind("experiment", experiment.value())
                .execute());
    }

    @Override
    public void log(RunId id, RunBatch batch) {
        jdbi.useTransaction(handle -> {
            logParams(handle, id, new TreeMap<>(batch.params()));
            logTags(handle, id, new TreeMap<>(batch.tags()));
            logMetrics(handle, id, batch.metrics());
            logOfModels(handle, id, batch.ofModels());
        });
    }

    private static void logParams(Handle handle, RunId id, Map<String, String> params) {
        if (params.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("insert into run_params (run_id, param_key, param_value)"
                + " values (:run, :key, :value) on conflict do nothing");
        params.forEach((key, value) -> batch.bind("run", id.value())
                .bind("key", key)
                .bind("value", value)
                .add());
        batch.execute();
        handle.createQuery("select param_key, param_value from run_params"
                        + " where run_id = :run and param_key = any(:keys) order by param_key")
                .bind("run", id.value())
                .bindArray("keys", String.class, params.keySet())
                .map((row, _) -> Map.entry(row.getString("param_key"), row.getString("param_value")))
                .forEach(kept -> requireSame(kept.getKey(), kept.getValue(), params));
    }

    private static void requireSame(String key, String kept, Map<String, String> params) {
        String value = requireNonNull(params.get(key), "an unknown parameter was read");
        if (!kept.equals(value)) {
            throw ProblemException.invalidField(
                    "params",
                    "\"" + key + "\" was logged as \"" + kept + "\" and cannot become \"" + value
                            + "\": a parameter keeps its first value. Start a new run, or log it as a metric or a tag");
        }
    }

    private static void logTags(Handle handle, RunId id, Map<String, String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        for (String sql : List.of(
                "insert into run_tags (run_id, tag_key, tag_value) values (:run, :key, :value) on conflict do nothing",
                "update run_tags set tag_value = :value where run_id = :run and tag_key = :key")) {
            PreparedBatch batch = handle.prepareBatch(sql);
            tags.forEach((key, value) -> batch.bind("run", id.value())
                    .bind("key", key)
                    .bind("value", value)
                    .add());
            batch.execute();
        }
    }

    private static void logMetrics(Handle handle, RunId id, List<Metric> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        Map<String, Metric> latest = new TreeMap<>();
        metrics.forEach(metric -> latest.merge(metric.key(), metric, BinaryOperator.maxBy(Metric.BY_AGE)));
        String values = " (run_id, metric_key, step, told_at, metric_value) values (:run, :key, :step, :at, :value)"
                + " on conflict do nothing";
        execute(
                handle,
                "insert into run_metrics" + values,
                id,
                metrics.stream().sorted(JdbiRunRepository::byKey).toList());
        execute(handle, "insert into run_latest_metrics" + values, id, latest.values());
        execute(handle, """
                update run_latest_metrics set step = :step, told_at = :at, metric_value = :value
                where run_id = :run and metric_key = :key and (step < :step or step = :step and (told_at < :at
                    or told_at = :at and metric_value < :value))
                """, id, latest.values());
    }

    private static void logOfModels(Handle handle, RunId id, List<ModelMetric> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into model_metrics
                    (model_id, run_id, metric_key, step, told_at, metric_value, dataset_name, dataset_digest)
                values (:model, :run, :key, :step, :at, :value, :name, :digest)
                on conflict do nothing
                """);
        metrics.stream()
                .sorted(Comparator.comparing(ModelMetric::model)
                        .thenComparing(ModelMetric::metric, JdbiRunRepository::byKey)
                        .thenComparing(JdbiRunRepository::digest))
                .forEach(told -> batch.bind("model", told.model())
                        .bind("run", id.value())
                        .bind("key", told.metric().key())
                        .bind("step", told.metric().step())
                        .bind("at", told.metric().at())
                        .bind("value", told.metric().value())
                        .bind("name", told.datasetName())
                        .bind("digest", digest(told))
                        .add());
        batch.execute();
    }

    private static String digest(ModelMetric metric) {
        return metric.datasetDigest() == null ? "" : metric.datasetDigest();
    }

    private static int byKey(Metric one, Metric other) {
        int byKey = one.key().compareTo(other.key());
        return byKey != 0 ? byKey : Metric.BY_AGE.compare(one, other);
    }

    private static void execute(Handle handle, String sql, RunId id, Collection<Metric> metrics) {
        PreparedBatch batch = handle.prepareBatch(sql);
        metrics.forEach(metric -> batch.bind("run", id.value())
                .bind("key", metric.key())
                .bind("step", metric.step())
                .bind("at", metric.at())
                .bind("value", metric.value())
                .add());
        batch.execute();
    }

    @Override
    public boolean removeTag(RunId id, String key) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("delete from run_tags where run_id = :run and tag_key = :key")
                                .bind("run", id.value())
                                .bind("key", key)
                                .execute()
                        == 1);
    }

    @Override
    public void addInputs(RunId id, List<DatasetInput> inputs) {
        jdbi.useTransaction(handle -> {
            find(handle, id, " for update");
            for (DatasetInput input : inputs) {
                handle.createUpdate("""
                                insert into run_inputs (run_id, place, dataset_name, digest, dataset_context, body)
                                values (:run,
                                    (select coalesce(max(place), 0) + 1 from run_inputs where run_id = :run),
                                    :name, :digest, :context, :body)
                                on conflict do nothing
                                """)
                        .bind("run", id.value())
                        .bind("name", input.name())
                        .bind("digest", input.digest())
                        .bind("context", input.context())
                        .bind("body", RecordedRuns.write(input))
                        .execute();
            }
        });
    }

    @Override
    public void addModelInputs(RunId id, List<String> models) {
        jdbi.useTransaction(handle -> models.stream()
                .sorted()
                .forEach(model -> handle.createUpdate(
                                "insert into run_model_inputs (run_id, model_id) values (:run, :model) on conflict do nothing")
                        .bind("run", id.value())
                        .bind("model", model)
                        .execute()));
    }

    @Override
    public void addOutputs(RunId id, List<ModelOutput> outputs) {
        jdbi.useTransaction(handle -> outputs.forEach(output -> handle.createUpdate(
                        "insert into run_outputs (run_id, model_id, step) values (:run, :model, :step)"
                                + " on conflict do nothing")
                .bind("run", id.value())
                .bind("model", output.model())
                .bind("step", output.step())
                .execute()));
    }

    @Override
    public List<String> steppedMetrics(List<RunId> ids) {
        return jdbi.withHandle(handle -> MetricCurves.stepped(handle, ids));
    }

    @Override
    public List<Curve> curves(RunId id, List<String> metrics, int most) {
        return jdbi.inTransaction(handle -> MetricCurves.read(handle, id, metrics, most));
    }

    @Override
    public List<Metric> history(RunId id, String metric, int offset, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select metric_key, metric_value, told_at, step from run_metrics
                        where run_id = :run and metric_key = :key
                        order by step, told_at, metric_value limit :limit offset :offset
                        """)
                .bind("run", id.value())
                .bind("key", metric)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(RecordedRuns::metric)
                .list());
    }
}
