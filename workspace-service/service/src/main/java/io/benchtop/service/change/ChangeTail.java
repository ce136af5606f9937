package io.benchtop.service.change;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Follows the change log and tells its listeners, each change at least once and in order. It is the only source of news in
 * a replica, for its own changes as for those of others: the former wake it, the latter are found by looking five times a
 * second. It also throws away what nobody will ask for any more.
 */
public final class ChangeTail implements AutoCloseable {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final long PRUNE_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long END_MILLIS = 2_000;
    private static final int BATCH = 500;

    private final ChangeHistory history;
    private final InstantSource clock;
    private final List<ChangeListener> listeners = new ArrayList<>();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Outage outage = new Outage(LoggerFactory.getLogger(ChangeTail.class), "following the change log");
    private final Thread thread =
            Thread.ofPlatform().name("change-tail").daemon().unstarted(this::run);
    private Revision place;
    private long prunedAt = System.nanoTime();
    private volatile boolean closed;

    public ChangeTail(ChangeHistory history, InstantSource clock) {
        this.history = requireNonNull(history, "history is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.place = history.head();
    }

    public void begin() {
        thread.start();
    }

    public synchronized void follow(ChangeListener listener) {
        listener.begin(place);
        listeners.add(listener);
    }

    /** Something was committed: look now. */
    public void wake() {
        wakeUps.release();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                while (read()) {
                    outage.over();
                }
                outage.over();
                prune();
            } catch (RuntimeException e) {
                outage.goesOn(e);
            }
            try {
                looked();
                if (wakeUps.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whether there may be more. */
    private synchronized boolean read() {
        Optional<List<Change>> found = history.after(place, BATCH);
        if (found.isEmpty()) {
            Revision head = history.head();
            listeners.forEach(listener -> listener.begin(head));
            place = head;
            return true;
        }
        List<Change> changes = found.get();
        if (!changes.isEmpty()) {
            listeners.forEach(listener -> listener.changed(changes));
            place = changes.getLast().revision();
        }
        return changes.size() == BATCH && !closed;
    }

    private synchronized void looked() {
        listeners.forEach(ChangeListener::looked);
    }

    private void prune() {
        if (System.nanoTime() - prunedAt > PRUNE_EVERY_NANOS) {
            prunedAt = System.nanoTime();
            history.forgetBefore(clock.instant().minus(KEPT));
        }
    }
}
