package io.benchtop.service.model.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.api.model.InferMicros;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelTensor;
import io.benchtop.service.model.ModelGate;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a model by the model server's {@code check}, in a process of its own: without our environment, with a folder of its own for
 * what it writes, bounded memory and time, and where the machine allows it without a network. Whatever becomes of that process, the
 * answer is a sentence.
 */
public final class ProcessModelGate implements ModelGate {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessModelGate.class);
    private static final Gson GSON = new Gson();
    private static final long LARGEST_RESULT = 1 << 20;
    private static final int OUT_OF_HEAP = 3;
    private static final int SIGNAL = 128;
    private static final int KILLED = 9;
    private static final int ABORTED = 6;
    private static final int CPU_SPENT = 24;

    private final GateSettings settings;
    private final Confinement confinement;

    public ProcessModelGate(GateSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.confinement = Confinement.of(settings);
    }

    /** There is a model server. */
    @Override
    public void requireReady() {}

    @Override
    public Verdict check(Path folder) {
        try {
            Files.createDirectories(settings.temporary());
            Path own = Files.createTempDirectory(settings.temporary(), "check-");
            try {
                return check(folder, own);
            } finally {
                delete(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the check of a model cannot begin", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check of a model was broken off", e);
        }
    }

    private Verdict check(Path folder, Path own) throws IOException, InterruptedException {
        Path result = own.resolve("result.json");
        ProcessBuilder builder = new ProcessBuilder(command(folder, own, result))
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("output.txt").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("HOME", own.toString());
        builder.environment().put("TMPDIR", own.toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return timeout();
            }
        } finally {
            end(process);
        }
        int status = process.exitValue();
        LOG.atDebug().addKeyValue("status", status).log("the check of a model ended");
        return status == 0 ? read(result) : ending(status);
    }

    private List<String> command(Path folder, Path own, Path result) {
        List<String> command = new ArrayList<>(confinement.words());
        command.addAll(List.of(
                settings.java().toString(),
                "-Xmx" + settings.heapMebibytes() + "m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + own.resolve("crash.txt"),
                "-Djava.io.tmpdir=" + own,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, settings.classPath()),
                settings.mainClass(),
                "check",
                "--model",
                folder.toAbsolutePath().toString(),
                "--result",
                result.toString()));
        return command;
    }

    /** With all that it started. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private Verdict timeout() {
        return new Verdict.Failed(
                "TIMEOUT",
                "The model was not loaded and asked within "
                        + settings.patience().toSeconds()
                        + " seconds, so its check was ended. Make it smaller or faster, or ask an administrator for more time"
                        + " (BENCHTOP_MODEL_CHECK_SECONDS).");
    }

    private Verdict ending(int status) {
        int signal = status - SIGNAL;
        if (status == OUT_OF_HEAP || signal == KILLED) {
            return new Verdict.Failed(
                    "OUT_OF_MEMORY",
                    "Loading or asking the model took more memory than a check has (" + settings.memoryMebibytes()
                            + " MiB), and was ended. Make the model smaller, or ask an administrator for more"
                            + " (BENCHTOP_MODEL_CHECK_MEMORY).");
        }
        if (signal == CPU_SPENT) {
            return timeout();
        }
        String how = signal > 0 ? "by signal " + signal : "with status " + status;
        String why = signal == ABORTED
                ? " That is how it ends after a fault in native code, or without memory (" + settings.memoryMebibytes()
                        + " MiB)."
                : "";
        return new Verdict.Failed(
                "CRASHED",
                "The process that loaded the model ended " + how + "." + why
                        + " Export the model again, with another version of the exporter if it goes on.");
    }

    private static Verdict read(Path result) throws IOException {
        if (!Files.isRegularFile(result, LinkOption.NOFOLLOW_LINKS) || Files.size(result) > LARGEST_RESULT) {
            return unreadable();
        }
        try {
            Result read = GSON.fromJson(Files.readString(result), Result.class);
            return read == null ? unreadable() : read.verdict();
        } catch (JsonParseException | IOException | IllegalArgumentException | NullPointerException e) {
            LOG.warn("the result of the check of a model cannot be read", e);
            return unreadable();
        }
    }

    private static Verdict unreadable() {
        return new Verdict.Failed(
                "CRASHED",
                "The process that loaded the model ended without a result that can be read. Export the model again.");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** The file that {@code check} writes. */
    private record Result(
            boolean ok,
            @Nullable String code,
            @Nullable String message,
            @Nullable String platform,
            @Nullable List<ModelTensor> inputs,
            @Nullable List<ModelTensor> outputs,
            double loadMillis,
            @Nullable InferMicros inferMicros,
            @Nullable Double maxAbsoluteDifference,
            @Nullable Double maxRelativeDifference,
            @Nullable String onnxRuntime) {

        Verdict verdict() {
            if (ok) {
                return new Verdict.Passed(new ModelCheck(
                        requireNonNull(platform, "platform is null"),
                        requireNonNull(inputs, "inputs is null"),
                        requireNonNull(outputs, "outputs is null"),
                        loadMillis,
                        inferMicros,
                        maxAbsoluteDifference,
                        maxRelativeDifference,
                        onnxRuntime));
            }
            return new Verdict.Failed(requireNonNull(code, "code is null"), requireNonNull(message, "message is null"));
        }
    }
}
