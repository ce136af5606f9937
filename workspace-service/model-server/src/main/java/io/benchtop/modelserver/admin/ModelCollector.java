package io.benchtop.modelserver.admin;

import io.benchtop.modelserver.engine.LatencyHistogram;
import io.benchtop.modelserver.engine.ServedModels;
import io.benchtop.modelserver.engine.ServedVersion;
import io.benchtop.modelserver.engine.VersionStatistics;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The statistics of the served versions for Prometheus. They are kept anyway, so a request pays nothing for it. */
final class ModelCollector extends Collector {

    private static final List<String> LABELS = List.of("model", "version");
    private static final long[] BOUNDS_MICROS = {
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000
    };

    private final ServedModels models;

    ModelCollector(ServedModels models) {
        this.models = models;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<ServedVersion> versions = models.all();
        return List.of(
                outcomes(versions),
                counter(versions, "executions", "Runs of the model; requests may share one.", s -> s.executions()),
                counter(versions, "rows", "Rows that were run.", s -> s.rows()),
                counter(versions, "nan_outputs", "Output values that were not a number.", s -> s.nanOutputs()),
                counter(versions, "compute_seconds", "Time inside the runtime.", s -> s.computeNanos() / 1e9),
                counter(versions, "queue_seconds", "Time that requests waited for a run.", s -> s.waitNanos() / 1e9),
                gauge(versions, "in_flight", "Requests that wait or run.", ServedVersion::inFlight),
                gauge(versions, "queue_depth", "Requests that wait.", ServedVersion::queued),
                seconds(versions));
    }

    private static List<String> labels(ServedVersion served) {
        return List.of(served.name(), served.version());
    }

    private static MetricFamilySamples outcomes(List<ServedVersion> versions) {
        CounterMetricFamily family = new CounterMetricFamily(
                "benchtop_model_requests",
                "Requests that were run or expired.",
                List.of("model", "version", "outcome"));
        for (ServedVersion served : versions) {
            VersionStatistics statistics = served.statistics();
            family.addMetric(List.of(served.name(), served.version(), "ok"), (double) statistics.inferences());
            family.addMetric(List.of(served.name(), served.version(), "failed"), (double) statistics.failures());
        }
        return family;
    }

    private static MetricFamilySamples counter(
            List<ServedVersion> versions, String name, String help, ToDoubleFunction<VersionStatistics> value) {
        CounterMetricFamily family = new CounterMetricFamily("benchtop_model_" + name, help, LABELS);
        versions.forEach(served -> family.addMetric(labels(served), value.applyAsDouble(served.statistics())));
        return family;
    }

    private static MetricFamilySamples gauge(
            List<ServedVersion> versions, String name, String help, ToDoubleFunction<ServedVersion> value) {
        GaugeMetricFamily family = new GaugeMetricFamily("benchtop_model_" + name, help, LABELS);
        versions.forEach(served -> family.addMetric(labels(served), value.applyAsDouble(served)));
        return family;
    }

    private static MetricFamilySamples seconds(List<ServedVersion> versions) {
        String name = "benchtop_model_request_seconds";
        List<String> bucketLabels = List.of("model", "version", "le");
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        for (ServedVersion served : versions) {
            LatencyHistogram latency = served.statistics().latency();
            double all = latency.count();
            for (long bound : BOUNDS_MICROS) {
                samples.add(new MetricFamilySamples.Sample(
                        name + "_bucket",
                        bucketLabels,
                        List.of(served.name(), served.version(), doubleToGoString(bound / 1e6)),
                        latency.countUpTo(bound)));
            }
            samples.add(new MetricFamilySamples.Sample(
                    name + "_bucket", bucketLabels, List.of(served.name(), served.version(), "+Inf"), all));
            samples.add(new MetricFamilySamples.Sample(name + "_count", LABELS, labels(served), all));
            samples.add(
                    new MetricFamilySamples.Sample(name + "_sum", LABELS, labels(served), latency.sumMicros() / 1e6));
        }
        return new MetricFamilySamples(
                name, Type.HISTOGRAM, "Time from a request's arrival in the queue to its outputs.", samples);
    }
}
