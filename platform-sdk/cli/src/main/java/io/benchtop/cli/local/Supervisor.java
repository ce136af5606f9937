package io.benchtop.cli.local;

import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Keeps workspace-service and proxy running, and ends them with everything that they started.
 *
 * <pre>
 *   start:  service, proxy  →  wait until both answer  →  look after them (a crashed one starts again, {@link RestartPolicy})
 *   stop:   service stops all servers (≤ 15 s)  →  SIGTERM proxy and service (≤ 5 s, then SIGKILL)  →  {@link ServerSweep}
 * </pre>
 *
 * <p>{@link #stop} comes from the JVM's shutdown hook, that is from Ctrl-C, SIGTERM, SIGHUP or a failed start, while the main
 * thread is in {@link #lookAfter}; one lock keeps a restart from racing with the end. Further signals change nothing: every step
 * of the end is bounded.
 *
 * <p>When the supervisor itself is killed with SIGKILL, service and proxy go on, and the users' work with them: nothing is lost.
 * What it recorded in {@code run/up.json} (process number and start time) lets the next {@code up} or {@code down} end them first
 * ({@link Leftovers}); the new service then adopts the servers. Children that watch their parent would need a thread and a rule
 * in each of them, and would still be wrong for one that hangs.
 */
final class Supervisor {

    private static final Duration PATIENCE_TO_START = Duration.ofMinutes(2);
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(5);
    private static final Duration PATIENCE_FOR_SERVERS = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final int LOG_LINES_SHOWN = 15;

    private final UpPlan plan;
    private final KeptChild service;
    private final KeptChild proxy;
    private final ServiceClient client;
    private final String serviceUrl;
    private final InstantSource clock;
    private final Console console;
    private volatile boolean stopping;

    Supervisor(
            UpPlan plan,
            KeptChild service,
            KeptChild proxy,
            ServiceClient client,
            String serviceUrl,
            InstantSource clock,
            Console console) {
        this.plan = plan;
        this.service = service;
        this.proxy = proxy;
        this.client = client;
        this.serviceUrl = serviceUrl;
        this.clock = clock;
        this.console = console;
    }

    /** Starts both and returns when they answer. */
    void start() throws InterruptedException {
        synchronized (this) {
            if (stopping) {
                return;
            }
            service.start();
            writeRecord();
            proxy.start();
            writeRecord();
        }
        awaitFirstAnswer(service, client::isReady);
        awaitFirstAnswer(proxy, () -> client.isReachedThrough(plan.localUrl()));
    }

    private void awaitFirstAnswer(KeptChild child, BooleanSupplier answers) throws InterruptedException {
        var deadline = clock.instant().plus(PATIENCE_TO_START);
        while (!answers.getAsBoolean()) {
            if (stopping) {
                return;
            }
            if (!child.isAlive()) {
                throw new CommandFailure("The " + child.line().name() + " ended while it started." + lastLines(child));
            }
            if (clock.instant().isAfter(deadline)) {
                throw new CommandFailure("The " + child.line().name() + " does not answer after "
                        + PATIENCE_TO_START.toSeconds() + " s." + lastLines(child));
            }
            Thread.sleep(LOOK_EVERY_MILLIS / 4);
        }
    }

    private static String lastLines(KeptChild child) {
        Path log = child.line().log();
        try {
            var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var shown = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
            return " The end of its log, " + log + ":\n  " + String.join("\n  ", shown);
        } catch (IOException e) {
            return " It wrote no log.";
        }
    }

    /** Starts again what ends, until the JVM does. */
    void lookAfter() throws InterruptedException {
        while (true) {
            synchronized (this) {
                if (stopping) {
                    break;
                }
                var serviceChanged = service.lookAfter();
                var proxyChanged = proxy.lookAfter();
                if (serviceChanged || proxyChanged) {
                    writeRecord();
                }
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Ends everything; returns when nothing is left. A step that fails is told and does not keep the next from its work. */
    synchronized void stop() {
        stopping = true;
        var servers = ServerSweep.running(plan.data().servers()).size();
        console.line(servers == 0 ? "Stopping Benchtop ..." : "Stopping Benchtop and " + countOf(servers) + " ...");
        attempt(() -> {
            if (service.isAlive() && servers > 0) {
                client.stopAllServers();
            }
        });
        attempt(this::stopChildren);
        attempt(() -> ServerSweep.sweep(plan.data(), PATIENCE_FOR_SERVERS));
        attempt(this::removeRecord);
        console.line("Benchtop has stopped; nothing of it runs any more. Everything is kept in "
                + plan.data().root());
    }

    private void stopChildren() {
        var running = List.of(proxy, service).stream()
                .map(KeptChild::process)
                .flatMap(Optional::stream)
                .toList();
        running.forEach(ChildProcess::askToEnd);
        running.forEach(process -> process.stop(PATIENCE_TO_STOP));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            console.line("Stopping did not go as it should, going on: " + e);
        }
    }

    private static String countOf(int servers) {
        return servers == 1 ? "1 running workspace" : servers + " running workspaces";
    }

    private void writeRecord() {
        RunRecord.of(plan.publicUrl(), serviceUrl, Version.current(), service.mark(), proxy.mark())
                .writeTo(plan.data().runRecord());
    }

    private void removeRecord() {
        try {
            Files.deleteIfExists(plan.data().runRecord());
        } catch (IOException e) {
            console.line("Could not remove " + plan.data().runRecord() + ": " + e.getMessage());
        }
    }
}
