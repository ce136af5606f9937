package io.benchtop.modelserver.admin;

import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.engine.OutputMoments;
import io.benchtop.modelserver.engine.ServedVersion;
import io.benchtop.modelserver.engine.ShadowStatistics;
import io.benchtop.modelserver.engine.VersionStatistics;
import java.util.List;
import java.util.Map;

/** The statistics as JSON for workspace-service: counts since the version was loaded. */
final class StatisticsPage {

    private StatisticsPage() {}

    static void write(JsonWriter json, List<ServedVersion> versions) {
        json.beginObject().name("models").beginArray();
        versions.forEach(served -> version(json, served));
        json.endArray().endObject();
    }

    private static void version(JsonWriter json, ServedVersion served) {
        VersionStatistics statistics = served.statistics();
        json.beginObject().name("name").text(served.name());
        json.name("version").text(served.version());
        json.name("inferences").number(statistics.inferences());
        json.name("failures").number(statistics.failures());
        json.name("rows").number(statistics.rows());
        json.name("executions").number(statistics.executions());
        json.name("latencyMicros").beginObject();
        json.name("count").number(statistics.latency().count());
        json.name("sum").number(statistics.latency().sumMicros());
        json.name("p50").number(statistics.latency().quantile(0.5));
        json.name("p99").number(statistics.latency().quantile(0.99)).endObject();
        json.name("nanOutputs").number(statistics.nanOutputs());
        json.name("outputs").beginArray();
        for (Map.Entry<String, OutputMoments> output : statistics.outputs().entrySet()) {
            OutputMoments.Snapshot moments = output.getValue().snapshot();
            json.beginObject().name("name").text(output.getKey());
            json.name("count").number(moments.count());
            json.name("mean").number(moments.mean());
            json.name("m2").number(moments.m2()).endObject();
        }
        json.endArray().name("shadow");
        shadow(json, statistics.shadow().snapshot());
        json.endObject();
    }

    private static void shadow(JsonWriter json, ShadowStatistics.Snapshot shadow) {
        json.beginObject().name("count").number(shadow.count());
        json.name("failures").number(shadow.failures());
        json.name("disagreements").number(shadow.disagreements());
        json.name("maxAbsoluteDifference").number(shadow.maxAbsoluteDifference());
        json.name("sumAbsoluteDifference").number(shadow.sumAbsoluteDifference());
        json.endObject();
    }
}
