package io.benchtop.proxy.serving;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an endpoint, from being let in to its end. It keeps its bucket, and looks its arm up anew whenever it needs a
 * model-server, so that a change of the table in between is followed. Used by one thread at a time, except that {@code wake}
 * of {@link #await} runs on whichever thread changes the table.
 */
public final class Call {

    /** Whether a model-server can be called now. */
    public enum Readiness {
        READY,
        /** The model is asleep or starting. */
        WAITING,
        FAILED,
        /** The endpoint, or the version that was named, is no longer there. */
        GONE
    }

    /** A call that ends every model-server which it reaches must not reach them all. */
    private static final int MOST_ENDED = 2;

    private static final int CLIENT_GONE = 499;

    private final Endpoint endpoint;
    private final ClientMeter client;
    private final int bucket;
    private final @Nullable String version;
    private final @Nullable String newCookie;
    private final long startedAt;
    private List<ModelTarget> tried = List.of();
    private int endedServers;
    private ServedArm arm;
    private @Nullable ModelTarget target;
    private @Nullable Runnable wake;
    private boolean ended;

    Call(
            Endpoint endpoint,
            ClientMeter client,
            Assignment assignment,
            ServedArm arm,
            @Nullable String version,
            @Nullable String newCookie,
            long startedAt) {
        this.endpoint = endpoint;
        this.client = client;
        this.bucket = assignment.bucket();
        this.version = version;
        this.newCookie = newCookie;
        this.arm = arm;
        this.startedAt = startedAt;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** The version that answers, as far as is known. */
    public String version() {
        return arm.version();
    }

    /** A {@code Set-Cookie} value for the answer, or null. */
    public @Nullable String newCookie() {
        return newCookie;
    }

    public Readiness readiness() {
        Plan plan = endpoint.plan();
        ServedArm now = plan == null ? null : version == null ? plan.arm(bucket) : plan.arm(version);
        if (now == null) {
            return Readiness.GONE;
        }
        arm = now;
        return now.isReady() ? Readiness.READY : now.hasFailed() ? Readiness.FAILED : Readiness.WAITING;
    }

    /** A model-server that did not have this call yet, or null when there is none (left). */
    public @Nullable ModelTarget next() {
        release();
        boolean mayGoOn = endedServers < MOST_ENDED && readiness() == Readiness.READY;
        ModelTarget next = mayGoOn ? arm.choose(tried, System.nanoTime()) : null;
        if (next != null) {
            if (!tried.isEmpty()) {
                endpoint.metrics().retried();
            }
            next.inFlight().incrementAndGet();
            target = next;
        }
        return next;
    }

    /** The model-server took the call and ended without a byte of an answer: maybe because of it. */
    public void ended() {
        endedServers++;
        broke();
    }

    /** The model-server took no connection. */
    public void broke() {
        if (target != null) {
            target.broke(System.nanoTime());
        }
        skip();
    }

    /** The model-server cannot be asked for this; nothing is wrong with it. */
    public void skip() {
        ModelTarget skipped = target;
        if (skipped != null) {
            tried = tried.isEmpty() ? new ArrayList<>(2) : tried;
            tried.add(skipped);
        }
    }

    /**
     * Waits for the model. {@code wake} runs whenever the table may have changed that, and must look at
     * {@link #readiness} again; the caller calls {@link #stopWaiting} when it has waited enough.
     *
     * @return false when too many wait already
     */
    public boolean await(Runnable toWake) {
        wake = toWake;
        return endpoint.await(this);
    }

    public void stopWaiting() {
        endpoint.stopWaiting(this);
    }

    void changed() {
        Runnable waiting = wake;
        if (waiting != null) {
            waiting.run();
        }
    }

    /**
     * The call has ended; only the first time counts.
     *
     * @param whole whether what was answered arrived as it should
     */
    public void end(int status, boolean whole) {
        if (ended) {
            return;
        }
        ended = true;
        ModelTarget used = target;
        if (used != null && whole && status < CLIENT_GONE) {
            used.answered();
        }
        release();
        stopWaiting();
        arm.traffic().ended(status, !whole || status >= 500, System.nanoTime() - startedAt);
        endpoint.left(client);
    }

    private void release() {
        ModelTarget used = target;
        if (used != null) {
            used.inFlight().decrementAndGet();
            target = null;
        }
    }
}
