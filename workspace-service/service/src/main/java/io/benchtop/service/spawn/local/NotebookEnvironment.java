package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The prepared environment that {@code DATA/environments/current.json} names; read anew for each start, so that a newer
 * one is used as soon as it is there.
 *
 * @param path its folder
 * @param java the JDK's home
 */
record NotebookEnvironment(Path path, Path java) {

    NotebookEnvironment {
        requireNonNull(path, "path is null");
        requireNonNull(java, "java is null");
    }

    /** Reads which one to use and checks that it is whole enough to start a server. */
    static NotebookEnvironment current(Path data) throws EnvironmentBroken {
        Path current = data.resolve("environments").resolve("current.json");
        NotebookEnvironment environment;
        try {
            JsonObject content = Json.read(current)
                    .orElseThrow(() -> new EnvironmentBroken(
                            "The notebook environment is not prepared (" + current + " is missing)."));
            environment =
                    new NotebookEnvironment(Path.of(Json.text(content, "path")), Path.of(Json.text(content, "java")));
        } catch (IOException e) {
            throw new EnvironmentBroken("The notebook environment cannot be found: " + e.getMessage() + ".");
        }
        environment.check();
        return environment;
    }

    private void check() throws EnvironmentBroken {
        for (Path needed : List.of(python(), shim())) {
            if (!Files.exists(needed)) {
                throw new EnvironmentBroken("The notebook environment lacks " + needed + ".");
            }
        }
    }

    Path python() {
        return path.resolve("bin").resolve("python");
    }

    Path shim() {
        return path.resolve("lib-benchtop").resolve("shim.py");
    }

    Path demos() {
        return path.resolve("demos");
    }

    /** What is missing, as a sentence. */
    static final class EnvironmentBroken extends Exception {

        EnvironmentBroken(String sentence) {
            super(sentence);
        }
    }
}
