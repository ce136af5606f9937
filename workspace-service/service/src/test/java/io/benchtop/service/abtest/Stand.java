package io.benchtop.service.abtest;

import static io.benchtop.service.endpoint.EndpointExamples.ALICE;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.abtest.jdbc.JdbiAbTestRepository;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.change.jdbc.JdbiChangeLog;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointExamples;
import io.benchtop.service.endpoint.EndpointFeature;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.FakeModelServers;
import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.Servable;
import io.benchtop.service.endpoint.ServedOutputs;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.jdbc.JdbiCallCounts;
import io.benchtop.service.endpoint.jdbc.JdbiEndpointRepository;
import io.benchtop.service.endpoint.jdbc.JdbiObservations;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.lease.jdbc.JdbiLeaseRepository;
import io.benchtop.service.trial.Plan;
import io.benchtop.service.trial.Stopping;
import io.benchtop.service.trial.SwitchRule;
import io.benchtop.service.trial.Trial;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The whole feature over a database, or with tests in a fake store; endpoints become ready when a test says so. */
final class Stand implements AutoCloseable {

    /** 766 users of each side. */
    static final Plan PLAN = Plan.usual(0.2, 0.3);

    final Jdbi jdbi;
    final MutableClock clock = new MutableClock(EndpointExamples.NOW);
    final Caller alice;
    final JdbiEndpointRepository repository;
    final Endpoints endpoints;
    final AbTests tests;
    private final AbTestWatch watch;
    private final Leases leases;
    private final HeldLease lease;

    static Stand overDatabase() {
        Jdbi jdbi = TestingDatabases.h2();
        return new Stand(jdbi, new JdbiAbTestRepository(jdbi));
    }

    static Stand over(AbTestRepository store) {
        return new Stand(TestingDatabases.h2(), store);
    }

    private Stand(Jdbi jdbi, AbTestRepository store) {
        this.jdbi = jdbi;
        alice = caller(ALICE);
        repository = new JdbiEndpointRepository(jdbi);
        leases = new Leases(new JdbiLeaseRepository(jdbi), Duration.ofMinutes(10));
        Servable servable = (_, model, version) -> new ServedVersion(model, version);
        Transactions transactions = new JdbiTransactions(jdbi);
        AuditTrail audit = new AuditTrail(new JdbiAuditLog(jdbi), clock);
        endpoints = new EndpointFeature(
                        new EndpointFeature.Ports(
                                repository,
                                new JdbiCallCounts(jdbi),
                                new JdbiObservations(jdbi),
                                new FakeModelServers(),
                                _ -> new ServedOutputs.Totals(0, 0, 0, 0, 0),
                                servable,
                                HardwareOffer.ONLY_USUAL,
                                transactions,
                                new JdbiChangeLog(jdbi, clock, () -> {}),
                                leases,
                                audit,
                                clock),
                        Duration.ofMinutes(5),
                        io.benchtop.service.endpoint.Endpoint.KEPT_FOR)
                .endpoints();
        tests = new AbTests(store, endpoints, servable, audit, transactions, clock);
        watch = new AbTestWatch(store, repository, endpoints, audit, transactions, clock);
        lease = leases.take("endpoints").orElseThrow();
    }

    final Caller caller(UserName name) {
        TestingUsers.insert(jdbi, name);
        return new Caller(name, name.value(), Role.DEVELOPER, new Credential.Token("t", clock.instant()), "127.0.0.1");
    }

    /** Serves the old version. The id is the salt of its buckets, so it is given. */
    EndpointName serving(int number) {
        String digits = Integer.toString(number, 4)
                .replace('0', 'a')
                .replace('1', 'b')
                .replace('2', 'c')
                .replace('3', 'd');
        EndpointId id = new EndpointId("ep_" + "e".repeat(20 - digits.length()) + digits);
        Endpoint endpoint = EndpointExamples.sticky(id, "orders-" + number, OLD, "X-User-Id");
        repository.insert(endpoint);
        return endpoint.name();
    }

    static Proposal proposal(Stopping stopping, boolean switches) {
        return new Proposal(
                null, "0.0.2", null, "conversion", new Trial(PLAN, stopping, new SwitchRule(0), 0.5), switches);
    }

    /** Begun and running. */
    AbTest running(EndpointName name, Proposal proposal) {
        tests.begin(alice, name, proposal);
        through(name);
        look();
        return now(name);
    }

    void through(EndpointName name) {
        repository.change(endpoint(name).id(), EndpointExamples::through);
    }

    void look() {
        watch.look(lease);
    }

    Endpoint endpoint(EndpointName name) {
        return repository.find(name).orElseThrow();
    }

    AbTest now(EndpointName name) {
        return tests.list(alice, name).getFirst();
    }

    AbTests.Report report(EndpointName name, Outcome... outcomes) {
        return tests.report(alice, name, List.of(outcomes));
    }

    boolean meetsCandidate(EndpointName name, String key) {
        return now(name)
                .isOfCandidate(EndpointRoute.bucketOf(endpoint(name).id().value(), key));
    }

    @Override
    public void close() {
        leases.close();
    }
}
