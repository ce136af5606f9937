package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code DATA/servers/<workspaceId>}: all that is known about one server, written by us and by its shim. */
record ServerFolder(Path path) {

    ServerFolder {
        requireNonNull(path, "path is null");
    }

    Path launchFile() {
        return path.resolve("launch.json");
    }

    Path keyFile() {
        return path.resolve("identity.key");
    }

    Path tokenFile() {
        return path.resolve("token");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /** What the shim says before it has a log. */
    Path startLog() {
        return path.resolve("start.log");
    }

    Optional<JsonObject> launch() {
        return record("launch.json");
    }

    /** Written by the shim when the server's process is there. */
    Optional<JsonObject> server() {
        return record("server.json");
    }

    /** Written by the shim when the server has ended. */
    Optional<JsonObject> exit() {
        return record("exit.json");
    }

    /** A file that cannot be read tells nothing, like one that is missing: the processes are the truth. */
    private Optional<JsonObject> record(String name) {
        try {
            return Json.read(path.resolve(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
