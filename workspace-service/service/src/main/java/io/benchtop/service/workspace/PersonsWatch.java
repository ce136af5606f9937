package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.StartWatch;
import io.benchtop.service.spawn.WorkspaceId;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one start: writes down how far it is, passes its log on to whoever looks, and gives it up when the person changed
 * their mind, which events tell, so that a start goes on while the database is away. A replica that lost its lease waits no
 * more, and leaves the server to the one that has it.
 */
final class PersonsWatch implements StartWatch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PersonsWatch.class);

    private final WorkspaceChanges changes;
    private final WorkspaceEvents events;
    private final SpawnMeter meter;
    private final InstantSource clock;
    private final HeldLease lease;
    private final WorkspaceId id;
    private final long generation;
    private final WorkspaceEvents.Subscription subscription;
    private volatile boolean wanted = true;
    private StartPhase phase = StartPhase.QUEUED;
    private String detail = "";
    private long phaseBeganNanos = System.nanoTime();

    /** Follows the workspace from now on; whether the start is still wanted now is for the caller to find out. */
    PersonsWatch(
            WorkspaceChanges changes,
            WorkspaceEvents events,
            SpawnMeter meter,
            InstantSource clock,
            HeldLease lease,
            Workspace queued) {
        this.changes = requireNonNull(changes, "changes is null");
        this.events = requireNonNull(events, "events is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.lease = requireNonNull(lease, "lease is null");
        this.id = queued.id();
        this.generation = queued.generation();
        this.subscription = events.subscribe(this::hear);
    }

    private void hear(WorkspaceEvents.Event event) {
        if (event.id().equals(id)) {
            switch (event) {
                // What is told may be from a moment before this start was asked for.
                case WorkspaceEvents.Changed(Workspace now) ->
                    wanted &= now.generation() < generation || now.wants(generation);
                case WorkspaceEvents.Removed _ -> wanted = false;
                case WorkspaceEvents.Logged _ -> {}
            }
        }
    }

    @Override
    public boolean wanted() {
        lease.require();
        return wanted;
    }

    @Override
    public void phase(StartPhase told, String toldDetail) {
        if (told == phase && toldDetail.equals(detail)) {
            return;
        }
        if (told != phase) {
            long now = System.nanoTime();
            meter.took(phase, Duration.ofNanos(now - phaseBeganNanos));
            phaseBeganNanos = now;
        }
        phase = told;
        detail = toldDetail;
        if (told != StartPhase.READY) {
            writeDown(told, toldDetail);
        }
        if (!toldDetail.isEmpty()) {
            line(toldDetail);
        }
    }

    /** What cannot be written down now is no reason to end a start. */
    private void writeDown(StartPhase told, String toldDetail) {
        try {
            changes.apply(lease, id, now -> now.progressed(generation, told, toldDetail, clock.instant()), _ -> {});
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("workspace", id).setCause(e).log("cannot write down how far a start is");
        }
    }

    @Override
    public void line(String line) {
        events.publish(new WorkspaceEvents.Logged(id, line));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
