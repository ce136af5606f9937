package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.jdbc.JdbiChangeHistory;
import io.benchtop.service.change.jdbc.JdbiChangeLog;
import io.benchtop.service.endpoint.Endpoints.Strategy;
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
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints from a wish to what the proxy is told, look by look. */
class EndpointReconcilerTest {

    private static final EndpointName ORDERS = new EndpointName("orders");

    private final Jdbi jdbi = TestingDatabases.h2();
    private final MutableClock clock = new MutableClock(EndpointExamples.NOW);
    private final JdbiEndpointRepository repository = new JdbiEndpointRepository(jdbi);
    private final CallCounts counts = new JdbiCallCounts(jdbi);
    private final AtomicReference<ServedOutputs.Totals> totals =
            new AtomicReference<>(new ServedOutputs.Totals(0, 0, 0, 0, 0));
    private final Set<ServedVersion> removed = new HashSet<>();
    /** Removed once somebody has asked for them. */
    private final Set<ServedVersion> vanishing = new HashSet<>();

    private final AtomicInteger asked = new AtomicInteger();
    private final FakeModelServers servers = new FakeModelServers();
    private final JdbiChangeLog log = new JdbiChangeLog(jdbi, clock, () -> {});
    private final EndpointNews news = new EndpointNews(repository, new JdbiTransactions(jdbi), log);
    private final Leases leases = new Leases(new JdbiLeaseRepository(jdbi), Duration.ofMinutes(10));
    private EndpointReconciler reconciler = reconciler(Endpoint.KEPT_FOR);
    private final Endpoints endpoints = new Endpoints(
            repository,
            counts,
            this::promotable,
            new HardwareOffer(List.of(HardwareOffer.USUAL, "large")),
            news,
            new JdbiTransactions(jdbi),
            new AuditTrail(new JdbiAuditLog(jdbi), clock),
            _ -> {},
            clock);
    private final EndpointRoutes routes = new EndpointRoutes(repository, counts, new ServingKeys(new byte[32]), clock);
    private final Caller alice = caller("alice");
    private HeldLease lease;

    private Caller caller(String name) {
        TestingUsers.insert(jdbi, new UserName(name));
        return new Caller(
                new UserName(name), name, Role.DEVELOPER, new Credential.Token("t", clock.instant()), "127.0.0.1");
    }

    @BeforeEach
    void takeLease() {
        lease = leases.take("endpoints").orElseThrow();
    }

    @AfterEach
    void giveBack() {
        leases.close();
    }

    /** The second arm's server alone gives what a test says. */
    private ServedOutputs.Totals outputs(URI admin) {
        asked.incrementAndGet();
        return admin.getPort() == FakeModelServers.FIRST_PORT + 5
                ? totals.get()
                : new ServedOutputs.Totals(0, 0, 0, 0, 0);
    }

    private ServedVersion promotable(Caller caller, String model, String version) {
        ServedVersion served = new ServedVersion(model, version);
        if (removed.contains(served)) {
            throw ProblemException.notFound("version", version);
        }
        if (vanishing.remove(served)) {
            removed.add(served);
        }
        return served;
    }

    private void look() {
        reconciler.look(lease);
    }

    private Endpoint promote(ServedVersion version, Strategy strategy) {
        return endpoints.promote(alice, ORDERS, version.model(), version.version(), strategy, UnaryOperator.identity());
    }

    private Endpoint now() {
        return endpoints.get(alice, ORDERS);
    }

    private Endpoint serving() {
        promote(OLD, new Strategy.AllAtOnce());
        look();
        servers.answer();
        look();
        return now();
    }

    private long changes() {
        return new JdbiChangeHistory(jdbi)
                .last(1000).stream()
                        .filter(change -> change.kind() == Change.Kind.ENDPOINT_CHANGED)
                        .count();
    }

    @Test
    void itRunsOnTheHardwareThatItsOwnerChoseOfWhatIsOffered() {
        // Given
        UnaryOperator<Endpoint.Settings> gpu = before -> before.withHardware("gpu");
        assertThatThrownBy(() ->
                        endpoints.promote(alice, ORDERS, OLD.model(), OLD.version(), new Strategy.AllAtOnce(), gpu))
                .hasMessageContaining("hardware")
                .hasMessageContaining("default or large");
        endpoints.promote(
                alice,
                ORDERS,
                OLD.model(),
                OLD.version(),
                new Strategy.AllAtOnce(),
                before -> before.withHardware("large"));

        // When
        look();

        // Then
        assertThat(servers.asked()).extracting(Arm::hardware).containsExactly("large");
        assertThatThrownBy(() -> endpoints.configure(alice, ORDERS, gpu)).hasMessageContaining("default or large");

        // When
        endpoints.configure(alice, ORDERS, before -> before.withHardware(HardwareOffer.USUAL));
        look();

        // Then
        assertThat(servers.asked()).extracting(Arm::hardware).containsExactly(HardwareOffer.USUAL);
    }

    @Test
    void aFirstVersionIsServedOnceItAnswers() {
        // When
        promote(OLD, new Strategy.AllAtOnce());
        look();
        var held = routes.all().getFirst();
        servers.answer();
        look();

        // Then
        assertThat(held.arms()).singleElement().satisfies(arm -> {
            assertThat(arm.state()).hasToString("STARTING");
            assertThat(arm.targets()).isEmpty();
        });
        assertThat(now().traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(routes.all().getFirst().arms()).singleElement().satisfies(arm -> {
            assertThat(arm.state()).hasToString("READY");
            assertThat(arm.targets()).hasSize(1);
            assertThat(arm.hasShare()).isTrue();
        });
        assertThat(endpoints.history(now())).extracting(Step::code).containsExactly("SERVING", "PROMOTED");
    }

    @Test
    void aLookThatSeesNothingNewTellsNobody() {
        // Given
        serving();
        long told = changes();

        // When
        look();
        look();

        // Then
        assertThat(changes()).isEqualTo(told);
    }

    @Test
    void theNextVersionTakesOverAndTheLastOneEndsLater() {
        // Given
        serving();

        // When
        promote(NEW, new Strategy.AllAtOnce());
        look();
        Traffic before = now().traffic();
        servers.answer();
        look();
        clock.advance(Endpoint.KEPT_FOR.minusSeconds(1));
        look();
        List<ArmId> early = servers.ended();
        clock.advance(Duration.ofSeconds(2));
        look();
        look();

        // Then
        assertThat(before).isEqualTo(Traffic.all(OLD));
        assertThat(now().traffic()).isEqualTo(Traffic.all(NEW));
        assertThat(early).isEmpty();
        assertThat(servers.ended()).containsExactly(new ArmId(now().id(), OLD));
    }

    @Test
    void anOperatorMayLetItEndSooner() {
        // Given
        reconciler = reconciler(Duration.ofSeconds(20));
        serving();
        promote(NEW, new Strategy.AllAtOnce());
        look();
        servers.answer();
        look();

        // When
        clock.advance(Duration.ofSeconds(19));
        look();
        List<ArmId> early = servers.ended();
        clock.advance(Duration.ofSeconds(2));
        look();
        look();

        // Then
        assertThat(early).isEmpty();
        assertThat(servers.ended()).containsExactly(new ArmId(now().id(), OLD));
        assertThatThrownBy(() -> reconciler(Duration.ofMinutes(11)))
                .hasMessageContaining("the retention of endpoints is from 0 s to 10 m");
    }

    @Test
    void aRollbackToAVersionThatWasRemovedIsRefusedAndChangesNothing() {
        // Given
        serving();
        promote(NEW, new Strategy.AllAtOnce());
        look();
        servers.answer();
        look();
        clock.advance(Endpoint.KEPT_FOR.plusSeconds(1));
        look();
        removed.add(OLD);

        // Then
        assertThatThrownBy(() -> endpoints.rollBack(alice, ORDERS, "worse"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("0.0.1");
        assertThat(now().traffic()).isEqualTo(Traffic.all(NEW));
        assertThat(now().rollout()).isInstanceOf(Rollout.Stable.class);

        // When
        removed.clear();
        endpoints.rollBack(alice, ORDERS, "worse");

        // Then
        assertThat(now().rollout()).isInstanceOf(Rollout.Switching.class);
    }

    private EndpointReconciler reconciler(Duration retention) {
        return new EndpointReconciler(
                repository,
                counts,
                new JdbiObservations(jdbi),
                servers,
                news,
                new OutputWatch(this::outputs, counts, clock),
                leases,
                Duration.ofMinutes(5),
                retention,
                clock);
    }

    @Test
    void aCanaryWithErrorsIsTakenBackWithAReason() {
        // Given
        serving();
        promote(NEW, new Strategy.Canary(EndpointExamples.plan(new Guards(0.01, null, null, null))));
        look();
        servers.answer();
        look();
        assertThat(now().traffic().weight(NEW)).isEqualTo(500);

        // When
        clock.advance(Duration.ofSeconds(20));
        counts.count(
                "r1",
                clock.instant(),
                List.of(new CallCounts.Counted(now().id(), NEW, EndpointExamples.answers(50, 10, 3))));
        look();

        // Then
        assertThat(now().traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(endpoints.history(now()).getFirst().code()).isEqualTo("ROLLED_BACK");
        assertThat(endpoints.history(now()).getFirst().message()).contains("20 %");
    }

    @Test
    void aCanaryWhoseValuesAreNoNumbersIsTakenBack() {
        // Given
        serving();
        promote(NEW, new Strategy.Canary(EndpointExamples.plan(new Guards(null, null, 0.05, null))));
        look();
        servers.answer();
        look();
        look();
        clock.advance(CallCounts.SLOT);
        counts.count(
                "r1",
                clock.instant(),
                List.of(new CallCounts.Counted(now().id(), NEW, EndpointExamples.answers(50, 0, 3))));

        await().atMost(60, SECONDS).until(() -> {
            look();
            return asked.get() >= 2;
        });

        // When
        totals.set(new ServedOutputs.Totals(1000, 400, 600, 300, 200));

        // Then
        await().atMost(60, SECONDS).untilAsserted(() -> {
            look();
            assertThat(now().rollout()).isInstanceOfSatisfying(Rollout.RolledBack.class, back -> {
                assertThat(back.code()).isEqualTo("NAN_RATE");
                assertThat(back.message()).contains("38.10 %");
            });
        });
    }

    /** F22. */
    @Test
    void aCandidateThatCrashesIsTakenBackAndTheOtherServesOn() {
        // Given
        serving();
        promote(NEW, new Strategy.Canary(EndpointExamples.plan(Guards.NONE)));
        look();
        servers.answer();
        look();

        // When
        servers.fail(NEW, "Its model-server ended once.");
        look();

        // Then
        assertThat(now().traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(now().rollout()).isInstanceOf(Rollout.RolledBack.class);
    }

    @Test
    void anEndpointThatMaySleepSleepsAndWakes() {
        // Given
        endpoints.promote(
                alice,
                ORDERS,
                OLD.model(),
                OLD.version(),
                new Strategy.AllAtOnce(),
                before -> before.withScaling(new Scaling(0, 1, Duration.ofSeconds(30))));
        look();
        servers.answer();
        look();

        // When
        clock.advance(Duration.ofSeconds(31));
        look();
        String asleep = routes.all().getFirst().arms().getFirst().state().name();
        new Calls(repository, counts, new JdbiObservations(jdbi), news, new JdbiTransactions(jdbi), () -> {}, clock)
                .wake(ORDERS);
        look();
        look();
        servers.answer();
        look();

        // Then
        assertThat(asleep).isEqualTo("ASLEEP");
        assertThat(servers.ended()).hasSize(1);
        assertThat(routes.all().getFirst().arms().getFirst().state()).hasToString("READY");
    }

    @Test
    void anEndpointThatWasRolledBackMaySleepToo() {
        // Given
        serving();
        promote(NEW, new Strategy.AllAtOnce());
        look();
        servers.answer();
        look();
        endpoints.rollBack(alice, ORDERS, "worse");
        endpoints.configure(alice, ORDERS, before -> before.withScaling(new Scaling(0, 1, Duration.ofSeconds(30))));

        // When
        clock.advance(Duration.ofSeconds(31));
        look();

        // Then
        assertThat(now().rollout()).isInstanceOf(Rollout.RolledBack.class);
        assertThat(servers.ended()).contains(new ArmId(now().id(), OLD));
    }

    @Test
    void whatNeverServedAndWasGivenUpHoldsNobody() {
        // Given
        promote(OLD, new Strategy.AllAtOnce());
        look();
        servers.fail(OLD, "It needs an operator that is not there.");
        clock.advance(Duration.ofMinutes(6));
        look();

        // When
        clock.advance(Endpoint.KEPT_FOR.plusSeconds(1));
        look();
        look();

        // Then
        assertThat(servers.ended()).hasSize(1);
        assertThat(routes.all().getFirst().arms())
                .singleElement()
                .satisfies(arm -> assertThat(arm.state()).hasToString("FAILED"));
    }

    @Test
    void aVersionThatIsDeletedWhileItIsPromotedIsNotWanted() {
        // Given
        serving();
        vanishing.add(NEW);

        // Then
        assertThatThrownBy(() -> promote(NEW, new Strategy.AllAtOnce())).hasMessageContaining(NEW.version());
        assertThat(now().wanted()).containsExactly(OLD);
    }

    @Test
    void aCanaryInAnothersPlaceIsToldSo() {
        // Given
        serving();
        Strategy canary = new Strategy.Canary(EndpointExamples.plan(Guards.NONE));
        promote(NEW, canary);
        look();
        servers.answer();
        look();

        // When
        promote(EndpointExamples.THIRD, canary);

        // Then
        assertThat(now().traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(endpoints.history(now()).getFirst().message())
                .endsWith(NEW + " is not tried any more and gives its share back.");
    }

    @Test
    void aHeaderThatHoldsBytesInGrpcIsRefused() {
        serving();

        assertThatThrownBy(() ->
                        endpoints.configure(alice, ORDERS, before -> before.withSticky(new Sticky("X-A-Bin", false))))
                .hasMessageContaining("-bin");
    }

    @Test
    void aReasonIsALineThatOthersRead() {
        // Given
        serving();
        promote(NEW, new Strategy.AllAtOnce());

        // Then
        for (String reason : List.of("x".repeat(501), "two\nlines", "\0")) {
            assertThatThrownBy(() -> endpoints.rollBack(alice, ORDERS, reason))
                    .hasMessageContaining("at most 500 characters");
        }
        endpoints.rollBack(alice, ORDERS, "x".repeat(500));
    }

    @Test
    void aRemovedEndpointsServersEnd() {
        // Given
        Endpoint endpoint = serving();

        // When
        endpoints.remove(alice, ORDERS);
        look();

        // Then
        assertThat(servers.ended()).containsExactly(new ArmId(endpoint.id(), OLD));
        assertThat(routes.all()).isEmpty();
    }

    @Test
    void aSplitNamesItsVersionsAndKeepsOthersOut() {
        // Given
        serving();

        // When
        promote(NEW, new Strategy.Split(Map.of("0.0.1", 90.0, "0.0.2", 10.0)));
        look();
        servers.answer();
        look();

        // Then
        assertThat(now().traffic().weight(NEW)).isEqualTo(1_000);
        assertThatThrownBy(() -> promote(NEW, new Strategy.Split(Map.of("0.0.1", 90.0, "0.0.2", Double.NaN))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> promote(NEW, new Strategy.Split(Map.of("0.0.1", 90.0, "0.0.2", 5.0))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("95.0 %");
        assertThat(now().traffic().weight(NEW)).isEqualTo(1_000);
    }

    @Test
    void anotherModelIsRefused() {
        // Given
        serving();

        // Then
        assertThatThrownBy(() -> promote(new ServedVersion("other", "0.0.1"), new Strategy.AllAtOnce()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("risk");
    }

    /** S14, S36. */
    @Test
    void whatIsAnothersIsNotThereOrNotMineToChange() {
        // Given
        serving();
        Caller bob = caller("bob");

        // Then
        assertThatThrownBy(() -> endpoints.get(bob, ORDERS)).hasMessageContaining("no endpoint");
        assertThatThrownBy(() -> endpoints.rollBack(bob, ORDERS, "")).hasMessageContaining("no endpoint");
        assertThatThrownBy(() -> endpoints.remove(bob, ORDERS)).hasMessageContaining("no endpoint");
        assertThat(endpoints.list(bob)).isEmpty();

        // When
        endpoints.configure(alice, ORDERS, before -> before.withCallers(Set.of("bob")));

        // Then
        assertThat(endpoints.list(bob)).hasSize(1);
        assertThatThrownBy(() -> endpoints.rollBack(bob, ORDERS, "")).hasMessageContaining("alice's");
    }
}
