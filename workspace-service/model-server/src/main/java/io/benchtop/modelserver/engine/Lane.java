package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.benchtop.modelserver.protocol.Tensor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded queue of one model version and what runs it. Workers are shared by all lanes: a lane asks for a worker when
 * a job comes while it has fewer than it may have, and a worker takes one batch before it goes to the back of the others.
 * What is queued while a run goes on is the next batch, so batching costs a lone request nothing. A batch that fails is
 * run again job by job, so that a bad request fails alone.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Model model;
    private final VersionStatistics statistics;
    private final Executor workers;
    private final EngineConfig config;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private int active;
    private long usualRunNanos;
    private volatile long mostRows;

    Lane(Model model, VersionStatistics statistics, Executor workers, EngineConfig config) {
        this.model = model;
        this.statistics = statistics;
        this.workers = workers;
        this.config = config;
        this.mostRows = model.signature().hasFreeRows() ? config.batchRows() : 1;
    }

    void stopBatching(String why) {
        if (mostRows > 1) {
            mostRows = 1;
            LOG.warn("requests will not share runs: {}", why);
        }
    }

    boolean isBatching() {
        return mostRows > 1;
    }

    synchronized int depth() {
        return waiting.size();
    }

    /** Queues the job, or refuses it when too many wait. */
    void submit(Job job) {
        boolean start = false;
        synchronized (this) {
            if (!config.takesAnother(waiting.size(), isBatching(), usualRunNanos)) {
                throw new InferenceException(
                        Reason.OVERLOADED, "too many requests are waiting (" + waiting.size() + "): try again later");
            }
            waiting.addLast(job);
            if (active < config.threads()) {
                active++;
                start = true;
            }
        }
        if (start) {
            workers.execute(this::work);
        }
    }

    private void work() {
        List<Job> jobs;
        synchronized (this) {
            jobs = Batch.take(waiting, mostRows);
        }
        try {
            runAll(jobs);
        } finally {
            boolean more;
            synchronized (this) {
                more = !waiting.isEmpty();
                if (!more) {
                    active--;
                }
            }
            if (more) {
                workers.execute(this::work);
            }
        }
    }

    private void runAll(List<Job> jobs) {
        long now = System.nanoTime();
        List<Job> live = jobs;
        for (Job job : jobs) {
            statistics.waited(now - job.queuedAt());
            if (job.isExpired(now)) {
                live = jobs.stream().filter(other -> !other.isExpired(now)).toList();
                break;
            }
        }
        if (live.size() != jobs.size()) {
            jobs.stream().filter(job -> job.isExpired(now)).forEach(this::expire);
        }
        if (live.size() > 1 && runTogether(live)) {
            return;
        }
        live.forEach(this::runAlone);
    }

    private void expire(Job job) {
        fail(job, new InferenceException(Reason.EXPIRED, "the request's time was over before it could be run"));
    }

    /** Whether the jobs got their outputs from one run. */
    private boolean runTogether(List<Job> jobs) {
        List<Tensor> outputs;
        List<List<Tensor>> parts;
        try {
            outputs = runJoined(jobs);
        } catch (InferenceException | ArithmeticException | OutOfMemoryError e) {
            LOG.debug("a batch failed and is run job by job", e);
            return false;
        }
        long rows = Batch.rows(jobs);
        try {
            if (!Batch.isSplittable(outputs, rows)) {
                stopBatching("an output of the model has not one row for each row of its inputs");
                return false;
            }
            statistics.ran(outputs, rows);
            parts = Batch.split(outputs, jobs);
        } finally {
            Tensor.closeAll(outputs);
        }
        for (int i = 0; i < jobs.size(); i++) {
            complete(jobs.get(i), parts.get(i));
        }
        return true;
    }

    private List<Tensor> runJoined(List<Job> jobs) {
        List<Tensor> inputs = Batch.join(jobs);
        try {
            return run(inputs);
        } finally {
            Tensor.closeAll(inputs);
        }
    }

    private void runAlone(Job job) {
        List<Tensor> outputs;
        try {
            outputs = run(job.inputs());
        } catch (InferenceException e) {
            fail(job, e);
            return;
        }
        statistics.ran(outputs, Math.max(1, job.rows()));
        complete(job, outputs);
    }

    private List<Tensor> run(List<Tensor> inputs) {
        long start = System.nanoTime();
        try {
            return model.run(inputs);
        } catch (InferenceException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("a run failed", e);
            throw InferenceException.failed("the model could not be run: " + e);
        } finally {
            long nanos = System.nanoTime() - start;
            statistics.computed(nanos);
            remember(nanos);
        }
    }

    /** The last ones count most. */
    private synchronized void remember(long runNanos) {
        usualRunNanos += (runNanos - usualRunNanos) / 8;
    }

    private void complete(Job job, List<Tensor> outputs) {
        statistics.succeeded(System.nanoTime() - job.queuedAt());
        tell(() -> job.completion().completed(outputs));
    }

    private void fail(Job job, InferenceException why) {
        statistics.failed(System.nanoTime() - job.queuedAt());
        tell(() -> job.completion().failed(why));
    }

    /** A listener that throws must not take the worker's other jobs with it. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("an answer could not be handed over", e);
        }
    }
}
