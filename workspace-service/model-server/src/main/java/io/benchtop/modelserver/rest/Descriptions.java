package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.engine.ServedModels;
import io.benchtop.modelserver.engine.ServedVersion;
import io.benchtop.modelserver.engine.ServerIdentity;
import io.benchtop.modelserver.engine.VersionStatistics;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.TensorSpec;
import java.util.List;

/** What clients may know of the server and its models, in JSON. */
final class Descriptions {

    private Descriptions() {}

    static void server(JsonWriter json) {
        json.beginObject().name("name").text(ServerIdentity.NAME);
        json.name("version").text(ServerIdentity.VERSION);
        json.name("extensions").beginArray();
        ServerIdentity.EXTENSIONS.forEach(json::text);
        json.endArray().endObject();
    }

    static void model(JsonWriter json, ServedVersion served, List<String> versions) {
        json.beginObject().name("name").text(served.name());
        json.name("versions").beginArray();
        versions.forEach(json::text);
        json.endArray().name("platform").text(served.platform());
        json.name("inputs");
        specs(json, served.signature().inputs());
        json.name("outputs");
        specs(json, served.signature().outputs());
        json.endObject();
    }

    private static void specs(JsonWriter json, List<TensorSpec> specs) {
        json.beginArray();
        for (TensorSpec spec : specs) {
            json.beginObject().name("name").text(spec.name());
            json.name("datatype").text(spec.datatype().name()).name("shape");
            numbers(json, spec.shape().dimensions());
            json.endObject();
        }
        json.endArray();
    }

    private static void numbers(JsonWriter json, long[] numbers) {
        json.beginArray();
        for (long number : numbers) {
            json.number(number);
        }
        json.endArray();
    }

    /** As Triton says it; the sizes include the rows, so its {@code max_batch_size} is 0. */
    static void config(JsonWriter json, ServedVersion served) {
        json.beginObject().name("name").text(served.name());
        json.name("platform").text(served.platform());
        json.name("backend").text(served.platform().startsWith("onnx") ? "onnxruntime" : "pytorch");
        json.name("max_batch_size").number(0L);
        json.name("input");
        configured(json, served.signature().inputs());
        json.name("output");
        configured(json, served.signature().outputs());
        json.endObject();
    }

    private static void configured(JsonWriter json, List<TensorSpec> specs) {
        json.beginArray();
        for (TensorSpec spec : specs) {
            String type = spec.datatype() == DataType.BYTES
                    ? "STRING"
                    : spec.datatype().name();
            json.beginObject().name("name").text(spec.name());
            json.name("data_type").text("TYPE_" + type).name("dims");
            numbers(json, spec.shape().dimensions());
            json.endObject();
        }
        json.endArray();
    }

    static void index(JsonWriter json, ServedModels models, boolean onlyReady) {
        json.beginArray();
        for (ServedVersion served : models.all()) {
            json.beginObject().name("name").text(served.name());
            json.name("version").text(served.version());
            json.name("state").text("READY").name("reason").text("").endObject();
        }
        for (ServedModels.Unavailable model : onlyReady ? List.<ServedModels.Unavailable>of() : models.unavailable()) {
            json.beginObject().name("name").text(model.name());
            json.name("version").text("");
            json.name("state").text(model.loading() ? "LOADING" : "UNAVAILABLE");
            json.name("reason").text(model.reason()).endObject();
        }
        json.endArray();
    }

    static void statistics(JsonWriter json, List<ServedVersion> versions) {
        json.beginObject().name("model_stats").beginArray();
        for (ServedVersion served : versions) {
            VersionStatistics statistics = served.statistics();
            json.beginObject().name("name").text(served.name());
            json.name("version").text(served.version());
            json.name("inference_count").number(statistics.rows());
            json.name("execution_count").number(statistics.executions());
            json.name("inference_stats").beginObject();
            long succeeded = statistics.inferences();
            duration(json, "success", succeeded, statistics.latency().sumMicros() * 1000);
            duration(json, "fail", statistics.failures(), statistics.failedNanos());
            duration(json, "queue", succeeded, statistics.waitNanos());
            duration(json, "compute_input", 0, 0);
            duration(json, "compute_infer", statistics.executions(), statistics.computeNanos());
            duration(json, "compute_output", 0, 0);
            json.endObject().name("batch_stats").beginArray().endArray().endObject();
        }
        json.endArray().endObject();
    }

    private static void duration(JsonWriter json, String name, long count, long nanos) {
        json.name(name).beginObject();
        json.name("count").number(count).name("ns").number(nanos).endObject();
    }
}
