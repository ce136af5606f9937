package io.benchtop.sdk.tracking;

import io.benchtop.sdk.error.BenchtopException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a run is told, from one daemon thread.
 *
 * <p>Metrics wait in a queue of bounded length: what does not fit is counted and dropped. Parameters, tags and artifacts are few and
 * all wait. The thread makes the run first, then sends a batch each second, or sooner when one is full. A batch that meets a service
 * that is away (no answer, 5xx, 429) is sent again after 1, 2, 4 … 30 seconds until it arrives or the run's end has waited long
 * enough; one that is refused is dropped. Each kind of failure is logged once.
 */
final class Sender {

    private static final Logger LOG = System.getLogger(Sender.class.getName());
    private static final int WAITING_METRICS = 50_000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final long BETWEEN_BATCHES_MILLIS = 1_000;

    private final MlflowRuns runs;
    private final BlockingQueue<Metric> metrics;
    private final Queue<Batch.Pair> params = new ConcurrentLinkedQueue<>();
    private final Queue<Batch.Pair> tags = new ConcurrentLinkedQueue<>();
    private final Queue<Path> artifacts = new ConcurrentLinkedQueue<>();
    private final LongAdder dropped = new LongAdder();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable MlflowRun run;
    private volatile String status = "FINISHED";
    private volatile boolean givenUp;
    private boolean toldAway;
    private boolean toldRefused;

    Sender(MlflowRuns runs) {
        this(runs, WAITING_METRICS);
    }

    Sender(MlflowRuns runs, int waiting) {
        this.runs = runs;
        this.metrics = new ArrayBlockingQueue<>(waiting);
        this.thread = new Thread(this::work, "benchtop-run");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Optional<String> id() {
        return Optional.ofNullable(run).map(MlflowRun::id);
    }

    void metric(Metric metric) {
        if (!metrics.offer(metric)) {
            dropped.increment();
        }
    }

    void param(String name, String value) {
        params.add(new Batch.Pair(name, value));
    }

    void tag(String name, String value) {
        tags.add(new Batch.Pair(name, value));
    }

    void artifact(Path file) {
        artifacts.add(file);
    }

    void failed() {
        status = "FAILED";
    }

    /** Waits until all is sent, or no longer than that; may be repeated. */
    void finish(Duration patience) {
        ending.countDown();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            givenUp = true;
            thread.interrupt();
            LOG.log(Level.WARNING, "The run is closed and not all of it was sent: Benchtop does not answer.");
        }
    }

    private void work() {
        persist(() -> run = runs.create());
        var made = run;
        if (made == null) {
            return;
        }
        persist(() -> runs.tellInputs(made));
        boolean last;
        do {
            last = ended();
            sendAll(made);
        } while (!last);
        if (dropped.sum() > 0) {
            tag("benchtop.dropped_metrics", Long.toString(dropped.sum()));
            sendAll(made);
        }
        persist(() -> runs.tellUsed(made));
        persist(() -> runs.end(made, status));
    }

    private boolean ended() {
        try {
            long pause = metrics.size() >= Batch.METRICS ? 0 : BETWEEN_BATCHES_MILLIS;
            return ending.await(pause, TimeUnit.MILLISECONDS) || givenUp;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void sendAll(MlflowRun made) {
        for (var batch = next(); !batch.isEmpty() && !givenUp; batch = next()) {
            var sent = batch;
            persist(() -> runs.send(made, sent));
        }
        for (var file = artifacts.poll(); file != null && !givenUp; file = artifacts.poll()) {
            var kept = file;
            persist(() -> runs.keep(made, kept));
        }
    }

    private Batch next() {
        var figures = new ArrayList<Metric>();
        metrics.drainTo(figures, Batch.METRICS);
        return new Batch(figures, some(params), some(tags));
    }

    private static List<Batch.Pair> some(Queue<Batch.Pair> waiting) {
        var taken = new ArrayList<Batch.Pair>();
        while (taken.size() < Batch.PAIRS && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Does a step until it is done, refused, or given up. */
    private void persist(Runnable step) {
        long pause = BETWEEN_BATCHES_MILLIS;
        while (!givenUp) {
            try {
                step.run();
                return;
            } catch (BenchtopException e) {
                if (refused(e)) {
                    sayRefused(e);
                    return;
                }
                sayAway(e);
            } catch (RuntimeException e) {
                sayRefused(e);
                return;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private static boolean refused(BenchtopException e) {
        return e.code().equals("not_in_workspace") || (e.status() >= 400 && e.status() < 500 && e.status() != 429);
    }

    private void sayAway(BenchtopException e) {
        if (!toldAway) {
            toldAway = true;
            LOG.log(
                    Level.WARNING,
                    "The run cannot be told at the moment; it is tried again until it is closed: {0}",
                    e.detail());
        }
    }

    private void sayRefused(RuntimeException e) {
        if (!toldRefused) {
            toldRefused = true;
            LOG.log(Level.WARNING, "Part of the run is not kept: {0}", e.getMessage());
        }
    }
}
