package io.benchtop.service.model.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.CheckResult;
import io.benchtop.service.model.ModelGate;
import io.benchtop.service.model.ModelPlace;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a model by the model server's {@code check}, in a process of its own: without our environment, with a folder of its own for
 * what it writes, bounded memory and time, and where the machine allows it without a network. Whatever becomes of that process, the
 * answer is a sentence.
 */
public final class ProcessModelGate implements ModelGate {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessModelGate.class);

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
    public Verdict check(ModelPlace place, Path folder) {
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
            if (!process.waitFor(settings.limits().patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return settings.limits().timeout();
            }
        } finally {
            end(process);
        }
        int status = process.exitValue();
        LOG.atDebug().addKeyValue("status", status).log("the check of a model ended");
        return status == 0 ? read(result) : settings.limits().ending(status);
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

    private static Verdict read(Path result) throws IOException {
        return Files.isRegularFile(result, LinkOption.NOFOLLOW_LINKS) && Files.size(result) <= CheckResult.LARGEST
                ? CheckResult.read(Files.readString(result))
                : CheckResult.unreadable();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
