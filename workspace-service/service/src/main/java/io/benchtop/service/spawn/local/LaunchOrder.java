package io.benchtop.service.spawn.local;

import io.benchtop.service.spawn.SpawnRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code launch.json}, the order to the shim; {@code port}, {@code owner} and {@code path} are notes to ourselves. */
record LaunchOrder(
        String workspaceId,
        long generation,
        String owner,
        String path,
        int port,
        List<String> argv,
        Map<String, String> env,
        String cwd,
        String home,
        @Nullable Long memoryBytes,
        @Nullable Integer processes,
        Overlay overlay,
        String template) {

    /** The interpreter over which the workspace gets a Python environment of its own. */
    record Overlay(String python) {}

    static LaunchOrder of(
            SpawnRequest request, NotebookEnvironment environment, LabCommand command, Path home, int port) {
        return new LaunchOrder(
                request.id().value(),
                request.generation(),
                request.owner().value(),
                request.path(),
                port,
                command.argv(),
                command.env(),
                home.toString(),
                home.toString(),
                request.spec().resources().memoryBytes(),
                request.spec().resources().processes(),
                new Overlay(environment.python().toString()),
                environment.demos().toString());
    }
}
