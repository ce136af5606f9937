package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.change.ChangeTail;
import io.benchtop.service.identity.WorkspaceGenerations;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WarmServers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** The feature put together from its ports, the same way in the service and in its tests. */
public final class WorkspaceFeature implements AutoCloseable {

    /** Where the feature gets what it does not do itself. */
    public record Ports(
            WorkspaceRepository workspaces,
            IdempotencyRepository answers,
            ProfileOffers profiles,
            Spawner spawner,
            WarmServers warm,
            Homes homes,
            Transactions transactions,
            ChangeLog log,
            ChangeTail tail,
            Leases leases,
            AuditTrail audit,
            SpawnMeter meter,
            Failpoint failpoint,
            InstantSource clock) {}

    /**
     * How it behaves.
     *
     * @param quota how many workspaces one person may have
     * @param concurrentStarts how many servers may start at the same time
     * @param lookEvery how often the world is compared with what is wanted
     */
    public record Settings(URI publicUrl, int quota, int concurrentStarts, Duration lookEvery) {

        public Settings {
            requireNonNull(publicUrl, "publicUrl is null");
            if (quota < 1 || concurrentStarts < 1 || !lookEvery.isPositive()) {
                throw new IllegalArgumentException(
                        "quota, concurrent starts and the time between two looks must be positive");
            }
        }
    }

    private final Ports ports;
    private final Settings settings;
    private final WorkspaceEvents events = new WorkspaceEvents();
    private final WorkspaceChanges changes;
    private final WorkspaceAccess access;
    private final Reconciler reconciler;
    private final WarmPool warmPool;

    public WorkspaceFeature(Ports ports, Settings settings) {
        this.ports = requireNonNull(ports, "ports is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.changes = new WorkspaceChanges(ports.workspaces(), ports.transactions(), ports.log());
        this.access = new WorkspaceAccess(ports.workspaces(), ports.audit());
        Steps steps = new Steps(
                ports.workspaces(),
                changes,
                events,
                ports.meter(),
                ports.profiles(),
                ports.spawner(),
                ports.homes(),
                ports.audit(),
                ports.failpoint(),
                ports.clock(),
                settings.concurrentStarts());
        this.reconciler =
                new Reconciler(ports.workspaces(), ports.spawner(), steps, ports.leases(), settings.lookEvery());
        this.warmPool = new WarmPool(
                ports.warm(),
                ports.profiles(),
                ports.workspaces(),
                ports.leases(),
                ports.clock(),
                settings.lookEvery());
    }

    /** Begins to tell of changes and to reconcile. */
    public void begin() {
        ports.tail().follow(new WorkspaceNews(ports.workspaces(), events));
        events.subscribe(this::wakeReconciler);
        reconciler.begin();
        warmPool.begin();
    }

    /** What another replica was asked for may be for this one to do, because it holds the lease. */
    private void wakeReconciler(WorkspaceEvents.Event event) {
        if (event instanceof WorkspaceEvents.Changed) {
            reconciler.wake(event.id());
        }
    }

    public WorkspaceEvents events() {
        return events;
    }

    public Workspaces workspaces() {
        return new Workspaces(
                ports.workspaces(),
                access,
                changes,
                reconciler,
                ports.profiles(),
                ports.spawner(),
                ports.audit(),
                ports.clock());
    }

    public WorkspaceCreation creation() {
        return new WorkspaceCreation(
                ports.workspaces(),
                ports.answers(),
                changes,
                reconciler,
                ports.profiles(),
                new WarmChoice(ports.warm(), ports.profiles(), ports.workspaces()),
                ports.homes(),
                ports.audit(),
                ports.clock(),
                settings.quota());
    }

    public WarmPool warmPool() {
        return warmPool;
    }

    public WorkspaceDescriptions descriptions() {
        return new WorkspaceDescriptions(
                ports.profiles(), ports.spawner(), ports.homes(), settings.publicUrl(), ports.clock());
    }

    public WorkspaceGenerations generations() {
        return new CurrentGenerations(ports.workspaces());
    }

    public Activity activity() {
        return new Activity(ports.workspaces(), changes);
    }

    public StartLogs startLogs() {
        return new StartLogs(ports.spawner(), reconciler);
    }

    public EverythingStops everythingStops() {
        return new EverythingStops(ports.workspaces(), changes, reconciler, ports.audit(), ports.clock());
    }

    /** Ends reconciling and leaves what was begun to other replicas; servers are left as they are. */
    @Override
    public void close() {
        warmPool.close();
        reconciler.close();
        ports.leases().close();
    }
}
