package io.benchtop.service.abtest;

import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.jdbc.JdbiAuditHistory;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointExamples;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints.Strategy;
import io.benchtop.service.endpoint.Rollout;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Step;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.trial.Stopping;
import io.benchtop.service.trial.SwitchRule;
import io.benchtop.service.trial.Tally;
import io.benchtop.service.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A/B tests from a plan to a switch, or to a reason why there is none. */
class AbTestsTest {

    private static final Proposal FIXED = Stand.proposal(Stopping.AT_HORIZON, true);

    private Stand stand;
    private EndpointName name;

    @BeforeEach
    void serve() {
        stand = Stand.overDatabase();
        name = stand.serving(1);
    }

    @AfterEach
    void close() {
        stand.close();
    }

    /** So many users of each side, of whom so many convert; keys begin with the prefix. */
    private AbTests.Report tell(String prefix, int users, int ofControl, int ofCandidate) {
        List<Outcome> outcomes = new ArrayList<>();
        int controls = 0;
        int candidates = 0;
        for (int i = 0; controls < users || candidates < users; i++) {
            String key = prefix + i;
            if (stand.meetsCandidate(name, key)) {
                if (candidates < users) {
                    outcomes.add(new Outcome(key, candidates++ < ofCandidate, null));
                }
            } else if (controls < users) {
                outcomes.add(new Outcome(key, controls++ < ofControl, null));
            }
        }
        return stand.report(name, outcomes.toArray(Outcome[]::new));
    }

    private static int percentOf(Endpoint endpoint, ServedVersion version) {
        return endpoint.traffic() == null ? 0 : endpoint.traffic().weight(version) / 100;
    }

    @Test
    void itWaitsForItsVersionsAndCountsFromThenOn() {
        // When
        AbTest begun = stand.tests.begin(stand.alice, name, FIXED);
        AbTests.Report early = stand.report(name, new Outcome("u1", true, null));
        stand.look();
        AbTest waiting = stand.now(name);
        stand.through(name);
        stand.look();
        AbTests.Report counted = stand.report(name, new Outcome("u1", true, null), new Outcome("u1", false, null));

        // Then
        assertThat(begun.stage()).isEqualTo(Stage.WAITING);
        assertThat(early.users()).isZero();
        assertThat(waiting.stage()).isEqualTo(Stage.WAITING);
        assertThat(counted.test().stage()).isEqualTo(Stage.RUNNING);
        assertThat(counted)
                .extracting(AbTests.Report::users, AbTests.Report::conversions)
                .containsExactly(1L, 1L);
        assertThat(percentOf(stand.endpoint(name), OLD)).isEqualTo(50);
        assertThat(percentOf(stand.endpoint(name), NEW)).isEqualTo(50);
    }

    @Test
    void aBetterCandidateGetsAllRequestsOnceAndTheHistorySaysWhy() {
        // Given
        stand.running(name, FIXED);
        int horizon = (int) stand.now(name).trial().horizon();

        // When
        AbTests.Report early = tell("a", horizon - 1, 100, 300);
        AbTests.Report last = tell("b", 1, 0, 0);
        stand.look();
        Endpoint switched = stand.endpoint(name);
        stand.look();

        // Then
        assertThat(early.test().stage()).isEqualTo(Stage.RUNNING);
        assertThat(last.test().stage()).isEqualTo(Stage.BETTER);
        assertThat(stand.now(name).stage()).isEqualTo(Stage.SWITCHED);
        assertThat(stand.now(name).message())
                .contains("0.0.2 is better than 0.0.1", "95 % confidence", "It gets all requests.");
        assertThat(switched.rollout())
                .isInstanceOfSatisfying(
                        Rollout.Switching.class,
                        rollout -> assertThat(rollout.target().isAll(NEW)).isTrue());
        assertThat(stand.endpoint(name)).isEqualTo(switched);
        assertThat(stand.endpoints.history(switched))
                .extracting(Step::actor)
                .startsWith("system", "system", "system", "alice");
        assertThat(new JdbiAuditHistory(stand.jdbi).newestFirst(new AuditQuery(null, 10, "system", null)))
                .extracting(row -> row.event().action())
                .containsExactly("trial.end", "endpoint.promote", "trial.end");
    }

    @Test
    void outcomesThatComeTwiceOrAfterTheEndCountNothing() {
        // Given
        stand.running(name, FIXED);
        tell("a", 300, 60, 60);

        // When
        AbTests.Report again = tell("a", 300, 60, 60);
        tell("b", 500, 100, 100);
        AbTest end = stand.now(name);
        AbTests.Report late = tell("c", 300, 0, 300);

        // Then
        assertThat(again.users()).isZero();
        assertThat(again.conversions()).isZero();
        assertThat(end.stage()).isEqualTo(Stage.NO_DIFFERENCE);
        assertThat(end.ofControl()).isEqualTo(new Tally(800, 160));
        assertThat(late.users()).isZero();
        assertThat(stand.now(name)).isEqualTo(end);
    }

    @Test
    void aBrokenSampleRatioNeverSwitchesAndSaysWhy() {
        // Given
        stand.running(name, FIXED);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; outcomes.size() < 500; i++) {
            if (stand.meetsCandidate(name, "u" + i) || i % 3 == 0) {
                outcomes.add(new Outcome("u" + i, stand.meetsCandidate(name, "u" + i), null));
            }
        }

        // When
        stand.report(name, outcomes.toArray(Outcome[]::new));
        stand.look();

        // Then
        assertThat(stand.now(name).stage()).isEqualTo(Stage.INVALID);
        assertThat(stand.now(name).message()).contains("50.00 % was planned", "Nothing was switched.");
        assertThat(percentOf(stand.endpoint(name), NEW)).isEqualTo(50);
        assertThat(stand.endpoint(name).rollout()).isInstanceOf(Rollout.Stable.class);
    }

    @Test
    void whoChangesTheSplitOrWhoStaysEndsTheTrial() {
        // Given
        stand.running(name, FIXED);

        // When
        stand.endpoints.promote(
                stand.alice,
                name,
                "risk",
                "0.0.2",
                new Strategy.Split(Map.of("0.0.1", 90.0, "0.0.2", 10.0)),
                UnaryOperator.identity());
        stand.through(name);
        AbTests.Report after = stand.report(name, new Outcome("u1", true, null));
        stand.look();

        // Then
        assertThat(after.users()).isZero();
        assertThat(stand.now(name).stage()).isEqualTo(Stage.STOPPED);
        assertThat(stand.now(name).message()).contains("Somebody changed the split");

        // When
        EndpointName other = stand.serving(2);
        stand.running(other, FIXED);
        stand.endpoints.configure(stand.alice, other, before -> before.withSticky(new Sticky("X-Other", false)));
        stand.look();

        // Then
        assertThat(stand.now(other).stage()).isEqualTo(Stage.STOPPED);
    }

    @Test
    void whoChangesTheSplitBeforeTheSwitchIsRight() {
        // Given
        stand.running(name, FIXED);
        tell("a", 800, 100, 300);
        stand.endpoints.promote(stand.alice, name, "risk", "0.0.3", new Strategy.AllAtOnce(), UnaryOperator.identity());
        stand.through(name);

        // When
        stand.look();

        // Then
        assertThat(stand.now(name).stage()).isEqualTo(Stage.STOPPED);
        assertThat(stand.now(name).message()).contains("better", "not given all requests");
        assertThat(percentOf(stand.endpoint(name), NEW)).isZero();
    }

    @Test
    void aWishThatIsNotThroughYetIsNotGivenUpForASwitch() {
        // Given
        stand.running(name, FIXED);
        tell("a", 800, 100, 300);
        stand.endpoints.promote(stand.alice, name, "risk", "0.0.3", new Strategy.AllAtOnce(), UnaryOperator.identity());

        // When
        stand.look();

        // Then
        assertThat(stand.now(name).stage()).isEqualTo(Stage.STOPPED);
        assertThat(stand.endpoint(name).rollout())
                .isInstanceOfSatisfying(
                        Rollout.Switching.class,
                        rollout -> assertThat(rollout.target().isAll(NEW)).isFalse());
    }

    @Test
    void whatIsWorseOrNotBetterEnoughIsNotSwitchedTo() {
        // Given
        stand.running(name, FIXED);
        tell("a", 800, 300, 100);
        AbTest worse = stand.now(name);
        name = stand.serving(2);
        Trial trial = new Trial(Stand.PLAN, Stopping.AT_HORIZON, new SwitchRule(0.5), 0.5);
        stand.running(name, new Proposal("0.0.1", "0.0.2", null, "x", trial, true));

        // When
        tell("a", 800, 160, 208);
        stand.look();

        // Then
        assertThat(worse.stage()).isEqualTo(Stage.NOT_BETTER);
        assertThat(worse.message()).startsWith("0.0.2 is worse than 0.0.1 (37.5 % → 12.5 %, uplift −66.67 %");
        assertThat(stand.now(name).stage()).isEqualTo(Stage.NOT_BETTER);
        assertThat(stand.now(name).message()).contains("20 % → 26 %", "not by more than the 50 % that were asked for");
        assertThat(percentOf(stand.endpoint(name), OLD)).isEqualTo(50);
    }

    @Test
    void withoutTheRuleSomebodyDecides() {
        // Given
        stand.running(name, Stand.proposal(Stopping.ALWAYS_VALID, false));

        // When
        tell("a", 300, 30, 120);
        stand.look();

        // Then
        assertThat(stand.now(name).stage()).isEqualTo(Stage.BETTER);
        assertThat(stand.now(name).message()).contains("Promote it");
        assertThat(percentOf(stand.endpoint(name), OLD)).isEqualTo(50);
    }

    @Test
    void thereIsOneTrialAtATime() {
        // Given
        stand.running(name, FIXED);

        // Then
        assertThatThrownBy(() -> stand.tests.begin(stand.alice, name, FIXED)).hasMessageContaining("already");
        stand.tests.stop(stand.alice, name, 1);
        assertThatThrownBy(() -> stand.tests.stop(stand.alice, name, 1)).hasMessageContaining("ended already");
        assertThat(stand.running(name, FIXED).number()).isEqualTo(2);
    }

    @Test
    void whatCannotBeComparedIsNotBegun() {
        // Given
        EndpointName loose = new EndpointName("loose");
        stand.repository.insert(EndpointExamples.serving("loose", OLD));

        // Then
        assertThatThrownBy(() -> stand.tests.begin(stand.alice, loose, FIXED)).hasMessageContaining("sticky header");
        assertThatThrownBy(() -> stand.tests.begin(
                        stand.alice, name, new Proposal(null, "0.0.1", null, "x", FIXED.trial(), false)))
                .hasMessageContaining("the control as well");
        assertThatThrownBy(() -> stand.report(name, new Outcome("u1", true, null)))
                .hasMessageContaining("No trial was begun");
    }

    @Test
    void anOutcomeOfNobodyOrOfAnotherVersionIsRefusedWithAllOfItsPost() {
        // Given
        stand.running(name, FIXED);
        String met = stand.meetsCandidate(name, "u1") ? "0.0.1" : "0.0.2";

        // Then
        for (Outcome bad : List.of(
                new Outcome("", true, null),
                new Outcome(" u", true, null),
                new Outcome("ü", true, null),
                new Outcome("u".repeat(257), true, null),
                new Outcome("u1", true, "0.0.9"),
                new Outcome("u1", true, met))) {
            assertThatThrownBy(() -> stand.report(name, new Outcome("good", true, null), bad))
                    .hasMessageStartingWith("outcomes[1].")
                    .extracting("code")
                    .isEqualTo(ErrorCode.INVALID_FIELD);
        }
        assertThat(stand.now(name).ofControl().users()
                        + stand.now(name).ofCandidate().users())
                .isZero();
    }

    @Test
    void whereACookieKeepsUsersTheProgramSaysWhatTheyMet() {
        // Given
        stand.endpoints.configure(stand.alice, name, before -> before.withSticky(new Sticky(null, true)));
        stand.running(name, FIXED);

        // When
        stand.report(name, new Outcome("u1", true, "0.0.2"), new Outcome("u2", false, "0.0.1"));

        // Then
        assertThat(stand.now(name).ofCandidate()).isEqualTo(new Tally(1, 1));
        assertThatThrownBy(() -> stand.report(name, new Outcome("u3", true, null)))
                .hasMessageContaining("version: is missing");
    }

    @Test
    void whatKeepsUsersWithTheirVersionIsSetWithTheTrial() {
        // Given
        EndpointName loose = new EndpointName("loose");
        stand.repository.insert(EndpointExamples.serving("loose", OLD));

        // When
        Sticky sticky = new Sticky("X-User-Id", false);
        stand.running(loose, new Proposal(null, "0.0.2", sticky, "x", FIXED.trial(), false));

        // Then
        assertThat(stand.endpoint(loose).settings().sticky()).isEqualTo(sticky);
        assertThat(stand.now(loose).stage()).isEqualTo(Stage.RUNNING);
    }

    /** S14. */
    @Test
    void whatIsAnothersIsNotTold() {
        // Given
        stand.running(name, FIXED);
        var bob = stand.caller(new UserName("bob"));

        // Then
        assertThatThrownBy(() -> stand.tests.list(bob, name)).extracting("code").isEqualTo(ErrorCode.NOT_FOUND);
        stand.endpoints.configure(stand.alice, name, before -> before.withCallers(Set.of("bob")));
        assertThat(stand.tests.list(bob, name)).hasSize(1);
        assertThatThrownBy(() -> stand.tests.report(bob, name, List.of(new Outcome("u", true, null))))
                .extracting("code")
                .isEqualTo(ErrorCode.FORBIDDEN);
    }
}
