package io.benchtop.service.experiment.jdbc;

import com.google.gson.Gson;
import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.ModelOutput;
import io.benchtop.service.experiment.RecordedRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what was logged of runs: one query for each kind of thing, however many runs there are. */
final class RecordedRuns {

    private static final Gson GSON = new Gson();

    private RecordedRuns() {}

    static List<RecordedRun> of(Handle handle, List<ExperimentRun> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        List<String> ids = runs.stream().map(run -> run.id().value()).toList();
        Map<String, Map<String, String>> params = pairs(handle, "run_params", "param", ids);
        Map<String, Map<String, String>> tags = pairs(handle, "run_tags", "tag", ids);
        Map<String, List<Metric>> metrics = grouped(
                handle,
                "select run_id, metric_key, metric_value, told_at, step from run_latest_metrics where run_id = any(:ids)"
                        + " order by metric_key",
                ids,
                RecordedRuns::metric);
        Map<String, List<DatasetInput>> inputs = grouped(
                handle,
                "select run_id, body from run_inputs where run_id = any(:ids) order by place",
                ids,
                (row, _) -> GSON.fromJson(row.getString("body"), DatasetInput.class));
        Map<String, List<String>> modelInputs = grouped(
                handle,
                "select run_id, model_id from run_model_inputs where run_id = any(:ids) order by model_id",
                ids,
                (row, _) -> row.getString("model_id"));
        Map<String, List<ModelOutput>> outputs = grouped(
                handle,
                "select run_id, model_id, step from run_outputs where run_id = any(:ids) order by step, model_id",
                ids,
                (row, _) -> new ModelOutput(row.getString("model_id"), row.getLong("step")));
        return runs.stream()
                .map(run -> new RecordedRun(
                        run,
                        params.getOrDefault(run.id().value(), Map.of()),
                        tags.getOrDefault(run.id().value(), Map.of()),
                        metrics.getOrDefault(run.id().value(), List.of()),
                        inputs.getOrDefault(run.id().value(), List.of()),
                        modelInputs.getOrDefault(run.id().value(), List.of()),
                        outputs.getOrDefault(run.id().value(), List.of())))
                .toList();
    }

    private static Map<String, Map<String, String>> pairs(Handle handle, String table, String kind, List<String> ids) {
        Map<String, Map<String, String>> found = new HashMap<>();
        grouped(
                        handle,
                        "select run_id, " + kind + "_key as k, " + kind + "_value as v from " + table
                                + " where run_id = any(:ids)",
                        ids,
                        (row, _) -> Map.entry(row.getString("k"), row.getString("v")))
                .forEach((run, entries) -> entries.forEach(entry ->
                        found.computeIfAbsent(run, _ -> new HashMap<>()).put(entry.getKey(), entry.getValue())));
        return found;
    }

    private static <T> Map<String, List<T>> grouped(Handle handle, String sql, List<String> ids, RowMapper<T> mapper) {
        Map<String, List<T>> found = new HashMap<>();
        handle.createQuery(sql)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> Map.entry(row.getString("run_id"), mapper.map(row, context)))
                .forEach(entry -> found.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                        .add(entry.getValue()));
        return found;
    }

    static Metric metric(ResultSet row, StatementContext context) throws SQLException {
        return new Metric(
                row.getString("metric_key"),
                row.getDouble("metric_value"),
                row.getLong("told_at"),
                row.getLong("step"));
    }

    static String write(DatasetInput input) {
        return GSON.toJson(input);
    }
}
