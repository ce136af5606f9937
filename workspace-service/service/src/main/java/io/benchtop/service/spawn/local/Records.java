package io.benchtop.service.spawn.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.service.spawn.ServerStatus.Alive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a live server's folder says about it. */
final class Records {

    /** Nobody asks for this generation, so a server whose order cannot be read is one that nobody wants. */
    private static final long UNKNOWN_GENERATION = 0;

    private Records() {}

    static Alive alive(ServerFolder server, long guard) {
        JsonObject order = server.launch().orElseGet(JsonObject::new);
        Optional<JsonObject> record = server.server();
        long generation = generation(order);
        try {
            URI target = URI.create("http://127.0.0.1:" + Json.number(order, "port"));
            String key = Files.readString(server.keyFile()).strip();
            return new Alive(
                    generation,
                    "pid " + guard,
                    target,
                    key,
                    record.map(Records::startedAt).orElse(null),
                    record.map(Records::limits).orElse(null));
        } catch (IOException e) {
            return new Alive(UNKNOWN_GENERATION, "pid " + guard, URI.create("http://127.0.0.1"), "", null, null);
        }
    }

    static long generation(JsonObject record) {
        try {
            return Json.number(record, "generation");
        } catch (IOException e) {
            return UNKNOWN_GENERATION;
        }
    }

    private static @Nullable Instant startedAt(JsonObject record) {
        String text = Json.textOrNull(record, "startedAt");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable AppliedLimits limits(JsonObject record) {
        JsonElement limits = record.get("limits");
        if (limits == null || !limits.isJsonObject()) {
            return null;
        }
        String memory = Json.textOrNull(limits.getAsJsonObject(), "memory");
        String processes = Json.textOrNull(limits.getAsJsonObject(), "processes");
        return new AppliedLimits(memory == null ? "none" : memory, processes == null ? "none" : processes);
    }
}
