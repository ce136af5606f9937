package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static io.benchtop.service.endpoint.EndpointExamples.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @Test
    void aNewEndpointServesNothingBeforeItsVersionIsReady() {
        Endpoint endpoint = EndpointExamples.wanting("orders", OLD);

        assertThat(endpoint.traffic()).isNull();
        assertThat(endpoint.wanted()).containsExactly(OLD);
    }

    @Test
    void whatLosesItsShareRunsOnForAWhile() {
        // Given
        Endpoint serving = EndpointExamples.serving("orders", OLD);

        // When
        Endpoint next = serving.switching(Traffic.all(NEW), NOW).settled(Traffic.all(NEW), NOW);

        // Then
        assertThat(next.traffic()).isEqualTo(Traffic.all(NEW));
        assertThat(next.wanted()).containsExactlyInAnyOrder(NEW, OLD);
        assertThat(next.forgotten(NOW.plus(Endpoint.KEPT_FOR).minusSeconds(1)).wanted())
                .contains(OLD);
        assertThat(next.forgotten(NOW.plus(Endpoint.KEPT_FOR)).wanted()).containsExactly(NEW);
    }

    @Test
    void aRollbackGoesBackAtOnceAndASecondOneForthAgain() {
        // Given
        Endpoint next = EndpointExamples.serving("orders", OLD)
                .switching(Traffic.all(NEW), NOW)
                .settled(Traffic.all(NEW), NOW);

        // When
        Endpoint back = next.rolledBack("bad calibration", NOW);

        // Then
        assertThat(back.traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(back.rollout()).isEqualTo(new Rollout.RolledBack(NEW, "ASKED", "Rolled back: bad calibration", NOW));
        assertThat(back.rolledBack("", NOW).traffic()).isEqualTo(Traffic.all(NEW));
    }

    @Test
    void aRollbackToWhatDoesNotRunAnyMoreStartsItFirst() {
        // Given
        Endpoint next = EndpointExamples.serving("orders", OLD)
                .switching(Traffic.all(NEW), NOW)
                .settled(Traffic.all(NEW), NOW)
                .forgotten(NOW.plus(Endpoint.KEPT_FOR));

        // When
        Endpoint back = next.rolledBack("bad calibration", NOW);

        // Then
        assertThat(back.traffic()).isEqualTo(Traffic.all(NEW));
        assertThat(back.rollout()).isEqualTo(new Rollout.Switching(Traffic.all(OLD), NOW));
        assertThat(back.wanted()).containsExactlyInAnyOrder(NEW, OLD);
    }

    @Test
    void aRollbackToASplitLeavesNothingToWhatIsRolledBack() {
        // Given
        Endpoint split = EndpointExamples.serving("orders", OLD)
                .settled(Traffic.all(OLD).shifted(Map.of(OLD, 9_000, NEW, 1_000)), NOW);

        // When
        Endpoint back = split.settled(Traffic.all(NEW), NOW).rolledBack("", NOW);

        // Then
        assertThat(back.traffic()).isEqualTo(Traffic.all(OLD));
    }

    @Test
    void aRollbackOfACanaryTakesWhatTheCandidateHas() {
        // Given
        Endpoint trying = EndpointExamples.serving("orders", OLD).trying(NEW, EndpointExamples.plan(Guards.NONE), NOW);
        Endpoint stepped = trying.stepped((Rollout.Canary) trying.rollout(), 1, NOW);

        // When
        Endpoint back = stepped.rolledBack("", NOW);

        // Then
        assertThat(stepped.traffic().weight(NEW)).isEqualTo(2_000);
        assertThat(back.traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(back.wanted()).contains(NEW);
    }

    @Test
    void aRollbackAfterAPassedCanaryGoesToWhatWasThereBeforeIt() {
        // Given
        Endpoint trying = EndpointExamples.serving("orders", OLD).trying(NEW, EndpointExamples.plan(Guards.NONE), NOW);
        Rollout.Canary canary = (Rollout.Canary) trying.rollout();
        Endpoint stepped = trying.stepped(canary, 2, NOW);

        // When
        Endpoint passed = stepped.passed((Rollout.Canary) stepped.rollout(), NOW);

        // Then
        assertThat(passed.traffic()).isEqualTo(Traffic.all(NEW));
        assertThat(passed.rolledBack("", NOW).traffic()).isEqualTo(Traffic.all(OLD));
    }

    @Test
    void aCanaryTakesFromItsControlAlone() {
        // Given
        Endpoint split = EndpointExamples.serving("orders", OLD)
                .settled(Traffic.all(OLD).shifted(Map.of(OLD, 7_000, THIRD, 3_000)), NOW);

        // When
        Endpoint trying = split.trying(NEW, EndpointExamples.plan(Guards.NONE), NOW);
        Endpoint stepped = trying.stepped((Rollout.Canary) trying.rollout(), 1, NOW);
        Endpoint passed = stepped.passed((Rollout.Canary) stepped.rollout(), NOW);

        // Then
        assertThat(stepped.traffic().weight(THIRD)).isEqualTo(3_000);
        assertThat(stepped.traffic().weight(NEW)).isEqualTo(2_000);
        assertThat(passed.traffic().weight(NEW)).isEqualTo(7_000);
        assertThat(passed.traffic().weight(THIRD)).isEqualTo(3_000);
    }

    @Test
    void aCanaryDuringAnotherGivesBackWhatTheOtherHas() {
        // Given
        Endpoint trying = EndpointExamples.serving("orders", OLD).trying(NEW, EndpointExamples.plan(Guards.NONE), NOW);
        Endpoint stepped = trying.stepped((Rollout.Canary) trying.rollout(), 1, NOW);

        // When
        Endpoint other = stepped.trying(THIRD, EndpointExamples.plan(Guards.NONE), NOW);
        Endpoint again = stepped.trying(NEW, EndpointExamples.plan(Guards.NONE), NOW);

        // Then
        assertThat(other.traffic()).isEqualTo(Traffic.all(OLD));
        assertThat(other.rollout()).isInstanceOfSatisfying(Rollout.Canary.class, canary -> {
            assertThat(canary.candidate()).isEqualTo(THIRD);
            assertThat(canary.control()).isEqualTo(OLD);
        });
        assertThat(again.traffic()).isEqualTo(stepped.traffic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "x y", ""})
    void whatIsNoHeaderOfOnesOwnKeepsNobody(String header) {
        assertThatThrownBy(() -> new Sticky(header, false)).hasMessageContaining("sticky.header");
    }

    @Test
    void whatHoldsBytesInGrpcIsNotChosenAnyMore() {
        assertThatThrownBy(() -> new Sticky("X-User-Bin", false).requireChoosable())
                .hasMessageContaining("sticky.header");
    }

    @Test
    void withoutAnythingElseServedThereIsNothingToGoBackTo() {
        assertThatThrownBy(() -> EndpointExamples.serving("orders", OLD).rolledBack("", NOW))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing to go back to");
    }

    @Test
    void onlyWhoIsNamedMayCall() {
        assertThat(EndpointExamples.wanting("orders", OLD).mayCall(new UserName("bob")))
                .isFalse();
        assertThat(EndpointExamples.wanting("orders", OLD, "bob").mayCall(new UserName("bob")))
                .isTrue();
        assertThat(EndpointExamples.wanting("orders", OLD, "*").mayCall(new UserName("carol")))
                .isTrue();
        assertThat(EndpointExamples.wanting("orders", OLD).mayCall(EndpointExamples.ALICE))
                .isTrue();
    }

    /** S36. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../x",
                "a/b",
                "%2e%2e",
                "A",
                "-a",
                "a-",
                "a#b",
                "a.b",
                "a_b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatCouldBeReadAsAPathIsNoName(String name) {
        assertThatThrownBy(() -> new EndpointName(name)).isInstanceOf(ProblemException.class);
    }
}
