package io.benchtop.cli.local;

import io.benchtop.cli.support.Console;
import io.benchtop.cli.support.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service's classes as the JVM had them in memory, in a file: with it the service starts in half the time (AOT cache, JEP 514).
 *
 * <p>The JVM writes it at the end of a run that shows what is needed. That run is not a real one, whose end would then take
 * seconds longer: some time after the start a second service runs for a moment on a data folder of its own, at the lowest
 * priority. Its name covers JDK and jars, so a build makes the next {@code up} write another. Nothing depends on it: without it, or
 * if the JVM finds that it does not fit, the service starts as ever.
 */
final class ClassCache {

    static final Duration LET_PEOPLE_START = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Installation installation;
    private final UpPlan plan;
    private final InternalKey key;
    private final Duration delay;
    private final Console console;
    private final Path file;
    private volatile boolean abandoned;
    private volatile @Nullable ChildProcess training;

    ClassCache(Installation installation, UpPlan plan, InternalKey key, Duration delay, Console console) {
        this.installation = installation;
        this.plan = plan;
        this.key = key;
        this.delay = delay;
        this.console = console;
        this.file = plan.data().cache().resolve("service-" + fingerprint(installation) + ".aot");
    }

    private static String fingerprint(Installation installation) {
        var described = new StringBuilder(System.getProperty("java.vm.version"));
        for (var jar : installation.serviceJars()) {
            try {
                described.append('\n').append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + jar, e);
            }
        }
        return Integer.toHexString(described.toString().hashCode());
    }

    /** Flags of the service that use the file, if there is one. */
    List<String> flags() {
        return Files.isRegularFile(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Makes the file in the background unless there is one. */
    void makeInBackground() {
        if (!Files.isRegularFile(file)) {
            Thread.ofPlatform().daemon().name("class-cache").start(this::make);
        }
    }

    private void make() {
        var data = new DataFolder(plan.data().cache().resolve("training"));
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Thread.sleep(delay);
            deleteTree(data.root());
            data.create();
            PrivateFile.write(data.internalKey(), key.value());
            train(data, next);
            if (!abandoned && Files.isRegularFile(next)) {
                forgetOlder();
                Files.move(next, file);
            }
            deleteTree(data.root());
        } catch (IOException | UncheckedIOException e) {
            console.line("The next start will not be faster: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void train(DataFolder data, Path next) throws InterruptedException {
        var port = Ports.anyFree();
        var lines = new LaunchLines(
                installation, new UpPlan(data, plan.host(), plan.port(), plan.publicUrl(), List.of(), null), port);
        var line = lines.service(Map.of(), List.of("-XX:AOTCacheOutput=" + next));
        var niced = new ArrayList<>(List.of("/usr/bin/env", "nice", "-n", "19"));
        niced.addAll(line.command());
        synchronized (this) {
            if (abandoned) {
                return;
            }
            training = ChildProcess.start(line.withCommand(niced), installation.python());
        }
        var started = Optional.ofNullable(training).orElseThrow();
        var client = new ServiceClient(lines.serviceUrl(), key);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (started.isAlive() && !client.isReady() && System.nanoTime() < end) {
            Thread.sleep(500);
        }
        client.visitSignInPage();
        started.stop(PATIENCE);
    }

    /** Ends a training in another thread, with the JVM that it starts to write the file. */
    synchronized void abandon() {
        abandoned = true;
        Optional.ofNullable(training)
                .flatMap(process -> ProcessMark.of(process.pid()))
                .ifPresent(mark -> ServerSweep.end(List.of(mark), Duration.ZERO));
    }

    private void forgetOlder() throws IOException {
        try (Stream<Path> files = Files.list(plan.data().cache())) {
            for (var old : files.filter(it -> it.toString().endsWith(".aot")).toList()) {
                Files.delete(old);
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
