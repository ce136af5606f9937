package io.benchtop.cli.runs;

import com.google.gson.JsonObject;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.sdk.rest.RestClient;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A run as MLflow's interface tells it. */
record ToldRun(JsonObject json) {

    static ToldRun get(RestClient rest, String id) {
        var path = RunsCommand.PATH + "runs/get?run_id=" + PathSegment.of(id);
        return new ToldRun(rest.get(path, JsonObject.class).getAsJsonObject("run"));
    }

    String id() {
        return info("run_id");
    }

    String name() {
        return info("run_name");
    }

    String status() {
        return info("status");
    }

    /** ISO-8601. */
    String started() {
        var millis = info("start_time");
        return Instant.ofEpochMilli(millis.isEmpty() ? 0 : Long.parseLong(millis))
                .toString();
    }

    private String info(String name) {
        var info = json.getAsJsonObject("info");
        return info.has(name) && !info.get(name).isJsonNull() ? info.get(name).getAsString() : "";
    }

    /** By name; of metrics the last value. */
    Map<String, String> pairs(String kind) {
        var found = new TreeMap<String, String>();
        var data = json.getAsJsonObject("data");
        if (data != null && data.has(kind)) {
            data.getAsJsonArray(kind)
                    .forEach(pair -> found.put(
                            pair.getAsJsonObject().get("key").getAsString(),
                            pair.getAsJsonObject().get("value").getAsString()));
        }
        return found;
    }
}
