package io.benchtop.service.experiment.jdbc;

import io.benchtop.service.experiment.Curve;
import io.benchtop.service.experiment.CurveThinning;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.RunId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Reads the courses of metrics; a run may have told millions of values, which are never in memory at once. */
final class MetricCurves {

    private static final int ROWS_AT_ONCE = 5_000;

    private MetricCurves() {}

    static List<String> stepped(Handle handle, List<RunId> ids) {
        // The latest value is at the highest step, so one at a lower step is enough and is found by the key.
        return handle
                .createQuery("""
                        select distinct l.metric_key from run_latest_metrics l where l.run_id = any(:ids)
                        and exists (select 1 from run_metrics m
                            where m.run_id = l.run_id and m.metric_key = l.metric_key and m.step < l.step)
                        """)
                .bindArray("ids", String.class, ids.stream().map(RunId::value).toList())
                .mapTo(String.class)
                .stream()
                .sorted()
                .toList();
    }

    /** In a transaction, without which PostgreSQL's driver reads all rows at once. */
    static List<Curve> read(Handle handle, RunId id, List<String> metrics, int most) {
        Map<String, CurveThinning> curves = new TreeMap<>();
        try (var values = handle.createQuery("""
                        select metric_key, metric_value, told_at, step from run_metrics
                        where run_id = :run and metric_key = any(:keys)
                        order by metric_key, step, told_at, metric_value
                        """)
                .bind("run", id.value())
                .bindArray("keys", String.class, metrics)
                .setFetchSize(ROWS_AT_ONCE)
                .map(RecordedRuns::metric)
                .iterator()) {
            while (values.hasNext()) {
                Metric value = values.next();
                curves.computeIfAbsent(value.key(), key -> new CurveThinning(key, most))
                        .add(value);
            }
        }
        return curves.values().stream().map(CurveThinning::curve).toList();
    }
}
