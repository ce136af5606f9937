package io.benchtop.sdk.tracking;

import io.benchtop.api.model.ModelNotebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of a run by itself: the notebook, its code, the state of git, the image, and what the run has used when it ends.
 * The same tags as the Python SDK's. Nothing fails: what cannot be found out is left out. Of a model that is published, the notebook
 * and the image are told, too.
 */
public final class RunContext {

    private final Map<String, String> environment;
    private final Duration before;

    /** Of a run that begins now. */
    public RunContext(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.before = cpuTime();
    }

    /** Tags of the run as it begins; empty outside a workspace. May wait for git, for some seconds at most. */
    Map<String, String> tags() {
        if (!environment.containsKey("BENCHTOP_WORKSPACE")) {
            return Map.of();
        }
        var tags = new HashMap<String, String>();
        image().ifPresent(image -> tags.put("benchtop.image", image));
        var notebook = notebook();
        notebook.ifPresent(path -> {
            tags.put("mlflow.source.name", shortened(path));
            tags.put("mlflow.source.type", "NOTEBOOK");
            NotebookCode.hash(path).ifPresent(hash -> tags.put("benchtop.notebook.code_sha256", hash));
        });
        tags.putAll(GitState.of(notebook.map(Path::getParent).orElse(Path.of("").toAbsolutePath())));
        return tags;
    }

    /** The image that this program runs in. */
    public Optional<String> image() {
        return Optional.ofNullable(environment.get("BENCHTOP_IMAGE")).filter(image -> !image.isEmpty());
    }

    /** The notebook that runs this, with the hash of its code. */
    public Optional<ModelNotebook> notebookCode() {
        return notebook()
                .flatMap(path -> NotebookCode.hash(path).map(hash -> new ModelNotebook(shortened(path), hash)));
    }

    /** Jupyter Server tells each kernel of which notebook it is. */
    private Optional<Path> notebook() {
        try {
            return Optional.ofNullable(environment.get("JPY_SESSION_NAME"))
                    .filter(told -> told.endsWith(".ipynb"))
                    .map(Path::of)
                    .filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private String shortened(Path notebook) {
        var home = Path.of(environment.getOrDefault("HOME", "/"));
        return notebook.startsWith(home) ? home.relativize(notebook).toString() : notebook.toString();
    }

    /** Tags of the run as it ends. */
    Map<String, String> used() {
        var tags = new HashMap<String, String>();
        var seconds = cpuTime().minus(before).toMillis() / 1000.0;
        tags.put("benchtop.used.cpu_seconds", String.format(Locale.ROOT, "%.2f", seconds));
        peakMemory().ifPresent(bytes -> tags.put("benchtop.used.peak_memory_bytes", bytes));
        return tags;
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** As Linux tells it of this process since it began. */
    private static Optional<String> peakMemory() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .map(line -> Long.toString(Long.parseLong(line.replaceAll("\\D", "")) * 1024));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
