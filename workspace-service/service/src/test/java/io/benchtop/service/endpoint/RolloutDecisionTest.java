package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static io.benchtop.service.endpoint.EndpointExamples.answers;
import static io.benchtop.service.endpoint.EndpointExamples.plan;
import static io.benchtop.service.endpoint.EndpointExamples.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutDecisionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Guards GUARDS = new Guards(0.01, 50.0, 0.05, 3.0);

    private final Map<ServedVersion, ArmState> seen = new HashMap<>(Map.of(OLD, ready()));
    private final Map<ServedVersion, Measure> measured = new HashMap<>();

    private Optional<RolloutDecision.Decision> decide(Endpoint endpoint, Instant now) {
        return RolloutDecision.decide(
                endpoint,
                version -> seen.getOrDefault(version, new ArmState.Starting("It is being started.")),
                (version, _) -> measured.getOrDefault(version, Measure.NOTHING),
                PATIENCE,
                now);
    }

    private Endpoint trying() {
        return EndpointExamples.serving("orders", OLD).trying(NEW, plan(GUARDS), NOW);
    }

    /** The canary at its first step. */
    private Endpoint stepped() {
        seen.put(NEW, ready());
        return decide(trying(), NOW).orElseThrow().next();
    }

    @Test
    void aVersionGetsItsShareOnlyOnceItIsReady() {
        // Given
        Endpoint switching = EndpointExamples.serving("orders", OLD).switching(Traffic.all(NEW), NOW);

        // When
        Optional<RolloutDecision.Decision> early = decide(switching, NOW.plusSeconds(10));
        seen.put(NEW, ready());
        Optional<RolloutDecision.Decision> late = decide(switching, NOW.plusSeconds(10));

        // Then
        assertThat(early).isEmpty();
        assertThat(late.orElseThrow().next().traffic()).isEqualTo(Traffic.all(NEW));
    }

    @Test
    void oneServerAloneDoesNotGetWhatSeveralAreWantedForUnlessTheOthersDoNotCome() {
        // Given
        Endpoint.Settings two = Endpoint.Settings.USUAL.withScaling(new Scaling(2, 2, Duration.ofMinutes(15)));
        Endpoint serving = Endpoint.first(new EndpointName("orders"), EndpointExamples.ALICE, two, OLD, NOW)
                .settled(Traffic.all(OLD), NOW);
        seen.put(NEW, ready());

        for (Endpoint each :
                List.of(serving.switching(Traffic.all(NEW), NOW), serving.trying(NEW, plan(GUARDS), NOW))) {
            // When
            Optional<RolloutDecision.Decision> early =
                    decide(each, NOW.plus(PATIENCE).minusSeconds(1));
            Endpoint late = decide(each, NOW.plus(PATIENCE)).orElseThrow().next();

            // Then
            assertThat(early).isEmpty();
            assertThat(late.traffic().weight(NEW)).isPositive();
        }
    }

    @Test
    void aVersionThatDoesNotStartIsGivenUpAndWhatServesStays() {
        // Given
        Endpoint switching = EndpointExamples.serving("orders", OLD).switching(Traffic.all(NEW), NOW);
        seen.put(NEW, new ArmState.Failed("ENDED", "out of memory"));

        // When
        Optional<RolloutDecision.Decision> early =
                decide(switching, NOW.plus(PATIENCE).minusSeconds(1));
        Endpoint given = decide(switching, NOW.plus(PATIENCE)).orElseThrow().next();

        // Then
        assertThat(early).isEmpty();
        assertThat(given.traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(given.rollout()).isInstanceOfSatisfying(Rollout.RolledBack.class, back -> {
            assertThat(back.code()).isEqualTo("NOT_STARTED");
            assertThat(back.message()).contains("risk@0.0.2", "out of memory");
        });
    }

    @Test
    void aStepIsLeftWhenItIsOldEnoughAndHasSeenEnough() {
        // Given
        Endpoint first = stepped();
        Instant due = NOW.plus(Duration.ofMinutes(5));

        // When
        Optional<RolloutDecision.Decision> unmeasured = decide(first, due);
        measured.put(NEW, answers(19, 0, 3));
        Optional<RolloutDecision.Decision> few = decide(first, due);
        measured.put(NEW, answers(20, 0, 3));
        Optional<RolloutDecision.Decision> early = decide(first, due.minusSeconds(1));
        Endpoint second = decide(first, due).orElseThrow().next();

        // Then
        assertThat(first.traffic().weight(NEW)).isEqualTo(500);
        assertThat(unmeasured).isEmpty();
        assertThat(few).isEmpty();
        assertThat(early).isEmpty();
        assertThat(second.traffic().weight(NEW)).isEqualTo(2_000);
    }

    @Test
    void afterTheLastStepTheCandidateGetsAllUnlessThePlanHolds() {
        // Given
        Endpoint endpoint = stepped();
        measured.put(NEW, answers(100, 0, 3));
        Instant now = NOW;

        // When
        for (int step = 0; step < 3; step++) {
            now = now.plus(Duration.ofMinutes(5));
            endpoint = decide(endpoint, now).orElseThrow().next();
        }

        // Then
        assertThat(endpoint.traffic()).isEqualTo(Traffic.all(NEW));
        assertThat(endpoint.rollout()).isInstanceOf(Rollout.Stable.class);

        // When
        CanaryPlan holding = new CanaryPlan(List.of(10), Duration.ofSeconds(1), 0, true, Guards.NONE);
        Endpoint held = decide(EndpointExamples.serving("orders", OLD).trying(NEW, holding, NOW), NOW)
                .orElseThrow()
                .next();

        // Then
        assertThat(decide(held, NOW.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(held.traffic().weight(NEW)).isEqualTo(1_000);
    }

    @Test
    void ofASplitTheCandidateGetsWhatTheControlHadAndThatIsTold() {
        // Given
        seen.put(NEW, ready());
        CanaryPlan plan = new CanaryPlan(List.of(90), Duration.ofSeconds(1), 0, false, Guards.NONE);
        Endpoint split = EndpointExamples.serving("orders", OLD)
                .settled(Traffic.all(OLD).shifted(Map.of(OLD, 8_000, EndpointExamples.THIRD, 2_000)), NOW);

        // When
        RolloutDecision.Decision first =
                decide(split.trying(NEW, plan, NOW), NOW).orElseThrow();
        RolloutDecision.Decision last = decide(first.next(), NOW.plusSeconds(2)).orElseThrow();

        // Then
        assertThat(first.step().message()).endsWith("gets 80 % of the requests.");
        assertThat(last.step().message()).endsWith("passed every step and gets 80 % of the requests.");
    }

    @Test
    void errorsTakeTheCandidateBackUnlessTheControlHasThemToo() {
        // Given
        Endpoint first = stepped();
        measured.put(NEW, answers(100, 5, 3));
        measured.put(OLD, answers(1_000, 80, 3));

        // When
        Optional<RolloutDecision.Decision> sameTrouble = decide(first, NOW.plusSeconds(1));
        measured.put(OLD, answers(1_000, 2, 3));
        Endpoint back = decide(first, NOW.plusSeconds(1)).orElseThrow().next();

        // Then
        assertThat(sameTrouble).isEmpty();
        assertThat(back.traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(back.rollout()).isInstanceOfSatisfying(Rollout.RolledBack.class, rolled -> {
            assertThat(rolled.code()).isEqualTo("ERROR_RATE");
            assertThat(rolled.message()).contains("5 %", "1 %", "0.20 %");
        });
    }

    @Test
    void slowAnswersTakeTheCandidateBackUnlessTheControlIsAsSlow() {
        // Given
        Endpoint first = stepped();
        measured.put(NEW, answers(100, 0, 13));
        measured.put(OLD, answers(100, 0, 13));

        // When
        Optional<RolloutDecision.Decision> bothSlow = decide(first, NOW.plusSeconds(1));
        measured.put(OLD, answers(100, 0, 3));

        // Then
        assertThat(bothSlow).isEmpty();
        assertThat(code(decide(first, NOW.plusSeconds(1)))).isEqualTo("P99");
    }

    @Test
    void valuesThatAreNoNumbersOrFarFromTheControlsTakeTheCandidateBack() {
        // Given
        Endpoint first = stepped();
        measured.put(OLD, new Measure(100, 0, List.of(100L), 100, 0, 100, 50, 35));

        // When
        measured.put(NEW, new Measure(100, 0, List.of(100L), 100, 10, 90, 45, 31));
        String nans = code(decide(first, NOW.plusSeconds(1)));
        measured.put(NEW, new Measure(100, 0, List.of(100L), 100, 0, 100, 250, 700));
        String shifted = code(decide(first, NOW.plusSeconds(1)));

        // Then
        assertThat(nans).isEqualTo("NAN_RATE");
        assertThat(shifted).isEqualTo("PREDICTION_SHIFT");
    }

    @Test
    void fewAnswersAreNotJudgedButFailuresAre() {
        // Given
        Endpoint first = stepped();

        // When
        measured.put(NEW, answers(4, 4, 20));
        Optional<RolloutDecision.Decision> four = decide(first, NOW.plusSeconds(1));
        measured.put(NEW, answers(5, 5, 20));

        // Then
        assertThat(four).isEmpty();
        assertThat(code(decide(first, NOW.plusSeconds(1)))).isEqualTo("ERROR_RATE");
    }

    /** F22. */
    @Test
    void aCandidateWhoseServerEndsIsTakenBackAtOnce() {
        // Given
        Endpoint first = stepped();
        seen.put(NEW, new ArmState.Failed("ENDED", "signal 11"));

        // Then
        assertThat(code(decide(first, NOW.plusSeconds(1)))).isEqualTo("CRASHED");
    }

    @Test
    void theSameFactsGiveTheSameDecision() {
        Endpoint first = stepped();
        measured.put(NEW, answers(100, 0, 3));
        Instant due = NOW.plus(Duration.ofMinutes(6));

        assertThat(decide(first, due)).isEqualTo(decide(first, due));
    }

    private static String code(Optional<RolloutDecision.Decision> decision) {
        return ((Rollout.RolledBack) decision.orElseThrow().next().rollout()).code();
    }
}
