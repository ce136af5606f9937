package io.benchtop.service.experiment.jdbc;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import io.benchtop.service.experiment.ExperimentId;
import io.benchtop.service.experiment.LoggedModel;
import io.benchtop.service.experiment.LoggedModelRepository;
import io.benchtop.service.experiment.ModelMetric;
import io.benchtop.service.experiment.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Logged models in the table {@code logged_models}, each as one JSON text: nobody asks the database for a part of one. */
public final class JdbiLoggedModelRepository implements LoggedModelRepository {

    private static final Gson GSON = new Gson();

    private final Jdbi jdbi;

    public JdbiLoggedModelRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    private static LoggedModel read(String body) {
        return GSON.fromJson(body, LoggedModel.class);
    }

    @Override
    public void insert(LoggedModel model) {
        jdbi.useHandle(handle -> handle.createUpdate("insert into logged_models (id, experiment_id, created_at, body)"
                        + " values (:id, :experiment, :createdAt, :body)")
                .bind("id", model.id())
                .bind("experiment", model.experiment().value())
                .bind("createdAt", model.createdAt())
                .bind("body", GSON.toJson(model))
                .execute());
    }

    @Override
    public Optional<LoggedModel> find(String id) {
        return jdbi.withHandle(handle -> find(handle, id, ""));
    }

    private static Optional<LoggedModel> find(Handle handle, String id, String suffix) {
        return handle.createQuery("select body from logged_models where id = :id" + suffix)
                .bind("id", id)
                .map((row, _) -> read(row.getString("body")))
                .findOne();
    }

    @Override
    public List<LoggedModel> list(Collection<ExperimentId> experiments) {
        if (experiments.isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(
                handle -> handle.createQuery("select body from logged_models where experiment_id = any(:experiments)"
                                + " order by created_at desc, id")
                        .bindArray(
                                "experiments",
                                String.class,
                                experiments.stream().map(ExperimentId::value).toList())
                        .map((row, _) -> read(row.getString("body")))
                        .list());
    }

    @Override
    public Map<String, List<ModelMetric.Told>> metrics(Collection<String> models) {
        if (models.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select model_id, run_id, metric_key, step, told_at, metric_value, dataset_name, dataset_digest
                        from model_metrics where model_id = any(:models)
                        order by model_id, metric_key, step, told_at, metric_value, dataset_digest, run_id
                        """)
                .bindArray("models", String.class, models)
                .map(JdbiLoggedModelRepository::told)
                .collect(Collectors.groupingBy(told -> told.metric().model())));
    }

    private static ModelMetric.Told told(ResultSet row, StatementContext context) throws SQLException {
        String digest = row.getString("dataset_digest");
        return new ModelMetric.Told(
                new RunId(row.getString("run_id")),
                new ModelMetric(
                        row.getString("model_id"),
                        RecordedRuns.metric(row, context),
                        row.getString("dataset_name"),
                        digest.isEmpty() ? null : digest));
    }

    @Override
    public Optional<LoggedModel> change(String id, UnaryOperator<LoggedModel> change) {
        return jdbi.inTransaction(handle -> find(handle, id, " for update").map(before -> {
            LoggedModel after = change.apply(before);
            handle.createUpdate("update logged_models set body = :body where id = :id")
                    .bind("id", id)
                    .bind("body", GSON.toJson(after))
                    .execute();
            return after;
        }));
    }

    @Override
    public void remove(String id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from logged_models where id = :id")
                .bind("id", id)
                .execute());
    }
}
