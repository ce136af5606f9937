package io.benchtop.sdk.tracking;

import io.benchtop.sdk.rest.RestClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of an experiment. Every method returns at once: a daemon thread makes the run, sends what is told in batches, and tries
 * again while the service is away, which is logged once and never thrown. Where more metrics wait than fit, further ones are dropped,
 * and the run's tag {@code benchtop.dropped_metrics} says how many. Threads may share it.
 *
 * <pre>{@code
 * try (var run = Benchtop.run("churn")) {
 *     run.param("learning rate", "0.1");
 *     for (int epoch = 0; epoch < 10; epoch++) {
 *         run.metric("loss", train(), epoch);
 *     }
 * }
 * }</pre>
 *
 * <p>The notebook and the hash of its code, the state of git, the image, and what was used of processor and memory are told by
 * themselves.
 *
 * <p>Closing sends the rest, for a minute at most, and ends the run as FINISHED, or as FAILED after {@link #failed}. Who gives the
 * work as a lambda ({@code Benchtop.run("churn", run -> …)}) gets that by itself.
 */
public final class Run implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What is done in a run. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void in(Run run) throws E;
    }

    private final Sender sender;
    private final Clock clock;

    private Run(Sender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Begins one; see {@code Benchtop.run}.
     *
     * @param rest MLflow's interface
     * @param inputs datasets that are read, by name, with the version's number and digest
     */
    public static Run begin(RestClient rest, String experiment, List<Input> inputs, Clock clock) {
        return begin(rest, experiment, inputs, new RunContext(System.getenv()), clock);
    }

    static Run begin(RestClient rest, String experiment, List<Input> inputs, RunContext context, Clock clock) {
        var sender = new Sender(new MlflowRuns(rest, experiment, inputs, context, clock));
        sender.start();
        return new Run(sender, clock);
    }

    /** Runs work in a run; what it throws fails the run and goes on its way. */
    public <E extends Exception> void around(Work<E> work) throws E {
        try {
            work.in(this);
        } catch (Throwable e) {
            failed(e);
            throw e;
        } finally {
            close();
        }
    }

    /** Its id, once the service has made it. */
    public Optional<String> id() {
        return sender.id();
    }

    /** Tells one parameter; a second value for the same name is refused by the service and logged. */
    public void param(String name, Object value) {
        sender.param(name, String.valueOf(value));
    }

    /** Tells parameters. */
    public void params(Map<String, ?> params) {
        params.forEach(this::param);
    }

    /** Tells a figure at a step, with the time of this moment. */
    public void metric(String name, double value, long step) {
        sender.metric(new Metric(name, value, clock.millis(), step));
    }

    /** Tells a figure at step 0. */
    public void metric(String name, double value) {
        metric(name, value, 0);
    }

    /** Sets a tag; a later value replaces an earlier one. */
    public void tag(String name, String value) {
        sender.tag(name, value);
    }

    /** Keeps a file with the run, under its own name. It is read when it is sent, so leave it there until the run is closed. */
    public void artifact(Path file) {
        sender.artifact(file);
    }

    /** The run will end as FAILED, and a tag says of what. */
    public void failed(Throwable why) {
        tag("benchtop.failure", why.toString());
        sender.failed();
    }

    /** Sends the rest and ends the run. */
    @Override
    public void close() {
        sender.finish(PATIENCE);
    }
}
