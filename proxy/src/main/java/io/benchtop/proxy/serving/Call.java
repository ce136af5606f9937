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
        /** The model is asleep or starting, or its model-servers have just ended and are expected back. */
        WAITING,
        FAILED,
        /** There is no model-server that this call may (still) be sent to. */
        EXHAUSTED,
        /** The endpoint, or the version that was named, is no longer there. */
        GONE
    }

    /** How often who waits looks again, whatever the table does. */
    public static final int LOOK_MILLIS = 100;

    /** A call that ends every model-server which it reaches must not reach them all. */
    private static final int MOST_ENDED = 2;

    private static final int CLIENT_GONE = 499;

    private final Endpoint endpoint;
    private final ClientMeter client;
    private final int bucket;
    private final @Nullable String version;
    private final @Nullable String newCookie;
    private final long startedAt;
    private List<ModelTarget> skipped = List.of();
    private List<ModelTarget> broken = List.of();
    private boolean wasSent;
    private long brokeAt;
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
        if (endedServers >= MOST_ENDED) {
            return Readiness.EXHAUSTED;
        }
        long nanos = System.nanoTime();
        if (now.hasFailed()) {
            return now.failedWithin(endpoint.recoveryNanos(), nanos) ? Readiness.WAITING : Readiness.FAILED;
        }
        if (!now.isReady()) {
            return Readiness.WAITING;
        }
        if (now.hasMoreThan(this::isOut)) {
            return Readiness.READY;
        }
        boolean isHopeful = !broken.isEmpty() && nanos - brokeAt < endpoint.recoveryNanos();
        return isHopeful ? Readiness.WAITING : Readiness.EXHAUSTED;
    }

    /** One that broke may have this call again when it is no longer left out. */
    private boolean isOut(ModelTarget candidate) {
        return skipped.contains(candidate)
                || (broken.contains(candidate) && candidate.avoidedFor(System.nanoTime()) > 0);
    }

    /** A model-server that may have this call, or null when there is none now. */
    public @Nullable ModelTarget next() {
        release();
        ModelTarget next = readiness() == Readiness.READY ? arm.choose(this::isOut, System.nanoTime()) : null;
        if (next != null) {
            if (wasSent) {
                endpoint.metrics().retried();
            }
            wasSent = true;
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
        ModelTarget gone = target;
        if (gone != null) {
            long nanos = System.nanoTime();
            gone.broke(nanos);
            brokeAt = broken.isEmpty() ? nanos : brokeAt;
            broken = with(broken, gone);
        }
    }

    /** The model-server cannot be asked for this; nothing is wrong with it. */
    public void skip() {
        ModelTarget other = target;
        if (other != null) {
            skipped = with(skipped, other);
        }
    }

    private static List<ModelTarget> with(List<ModelTarget> some, ModelTarget one) {
        List<ModelTarget> more = some.isEmpty() ? new ArrayList<>(2) : some;
        more.add(one);
        return more;
    }

    /**
     * Waits for the model. {@code wake} runs whenever the table may have changed that, and must look at
     * {@link #readiness} again; so must the caller every {@link #LOOK_MILLIS}, as time changes it, too. The caller calls
     * {@link #stopWaiting} when it has waited enough.
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
        boolean failed = !whole || status >= 500;
        if (failed) {
            client.failed();
        }
        arm.traffic().ended(status, failed, System.nanoTime() - startedAt);
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
