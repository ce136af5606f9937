package io.benchtop.service.workspace;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.change.ChangeTail;
import io.benchtop.service.change.jdbc.JdbiChangeHistory;
import io.benchtop.service.change.jdbc.JdbiChangeLog;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.lease.Lease;
import io.benchtop.service.lease.LeaseRepository;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.lease.jdbc.JdbiLeaseRepository;
import io.benchtop.service.profile.FakeLastChoices;
import io.benchtop.service.profile.FakeProfileRepository;
import io.benchtop.service.profile.MachineMemory;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.profile.ProfileRepository;
import io.benchtop.service.profile.SampleProfile;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.jdbc.JdbiIdempotencyRepository;
import io.benchtop.service.workspace.jdbc.JdbiWorkspaceRepository;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** One of several services over a database, with leases that live a second. It can be stopped dead at a step, or cut off. */
final class Replica implements AutoCloseable {

    static final Duration LIFE = Duration.ofSeconds(1);
    static final UserName ALICE = new UserName("alice");

    final WorkspaceRepository rows;
    final WorkspaceFeature feature;
    private final ChangeTail tail;
    private final Leases leases;
    private final CountDownLatch thawed = new CountDownLatch(1);
    private volatile boolean cutOff;
    private volatile @Nullable String deadlyStep;
    private volatile boolean reached;

    Replica(Jdbi jdbi, Spawner spawner, int quota) {
        this(jdbi, spawner, WarmServers.NONE, quota);
    }

    Replica(Jdbi jdbi, Spawner spawner, WarmServers warm, int quota) {
        Clock clock = Clock.systemUTC();
        rows = new JdbiWorkspaceRepository(jdbi);
        tail = new ChangeTail(new JdbiChangeHistory(jdbi), clock);
        leases = new Leases(new Severable(new JdbiLeaseRepository(jdbi)), LIFE);
        feature = new WorkspaceFeature(
                new WorkspaceFeature.Ports(
                        rows,
                        new JdbiIdempotencyRepository(jdbi),
                        profiles(),
                        spawner,
                        warm,
                        new NoHomes(),
                        new JdbiTransactions(jdbi),
                        new JdbiChangeLog(jdbi, clock, tail::wake),
                        tail,
                        leases,
                        new AuditTrail(new JdbiAuditLog(jdbi), clock),
                        SpawnMeter.NONE,
                        this::reach,
                        clock),
                new WorkspaceFeature.Settings(URI.create("http://127.0.0.1:8080"), quota, 50, Duration.ofMillis(500)));
        tail.begin();
        leases.begin();
        feature.begin();
    }

    private static ProfileOffers profiles() {
        ProfileRepository profiles = new FakeProfileRepository();
        profiles.insert(SampleProfile.warmed("small", 1));
        return new ProfileOffers(profiles, new FakeLastChoices(), new OptionSlug("small"), new MachineMemory(1L << 40));
    }

    /** At this step it stops as if it were frozen, and renews no lease from then on. */
    Replica stoppingAt(String step) {
        deadlyStep = step;
        return this;
    }

    boolean hasStopped() {
        return reached;
    }

    /** It cannot renew its leases any more. */
    void cutOff() {
        cutOff = true;
    }

    /** What was frozen goes on where it was. */
    void thaw() {
        thawed.countDown();
    }

    private void reach(String step) {
        if (step.equals(deadlyStep)) {
            cutOff = true;
            reached = true;
            try {
                thawed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static Caller alice() {
        return new Caller(ALICE, "Alice", Role.DEVELOPER, new Credential.Token("test", Instant.MAX), "127.0.0.1");
    }

    WorkspaceId create(String name, boolean start) {
        return feature.creation()
                .create(
                        alice(),
                        new WorkspaceCreation.Request(new DisplayName(name), null, null, Overrides.NONE, start),
                        null)
                .id();
    }

    void start(WorkspaceId id) {
        feature.workspaces().start(alice(), id.value());
    }

    void stop(WorkspaceId id) {
        feature.workspaces().stop(alice(), id.value());
    }

    void delete(WorkspaceId id) {
        feature.workspaces().delete(alice(), id.value(), FilesAfterwards.DELETE);
    }

    @Override
    public void close() {
        thaw();
        feature.close();
        tail.close();
    }

    /** The database as this replica reaches it, as far as leases go. */
    private final class Severable implements LeaseRepository {

        private final LeaseRepository whole;

        Severable(LeaseRepository whole) {
            this.whole = whole;
        }

        private LeaseRepository reached() {
            if (cutOff) {
                throw new IllegalStateException("cut off");
            }
            return whole;
        }

        @Override
        public boolean take(Lease lease, Duration life) {
            return reached().take(lease, life);
        }

        @Override
        public Set<Lease> renew(Collection<Lease> held, Duration life) {
            return reached().renew(held, life);
        }

        /** What a replica that was frozen writes does arrive. */
        @Override
        public boolean confirm(Lease lease) {
            return whole.confirm(lease);
        }

        @Override
        public void release(Lease lease) {
            reached().release(lease);
        }

        @Override
        public List<String> lapsed() {
            return reached().lapsed();
        }

        @Override
        public void forgetAll() {
            reached().forgetAll();
        }
    }

    private static final class NoHomes implements Homes {

        @Override
        public String path(UserName owner, Slug slug, WorkspaceId id) {
            return "/homes/" + owner + "/" + slug;
        }

        @Override
        public boolean exists(UserName owner, Slug slug) {
            return false;
        }

        @Override
        public void keep(UserName owner, Slug slug, WorkspaceId id) {}

        @Override
        public void delete(UserName owner, Slug slug, WorkspaceId id) {}
    }
}
