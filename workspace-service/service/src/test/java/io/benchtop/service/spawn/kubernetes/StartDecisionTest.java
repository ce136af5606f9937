package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.kubernetes.Finding.Ailing;
import io.benchtop.service.spawn.kubernetes.Finding.Answering;
import io.benchtop.service.spawn.kubernetes.Finding.OnItsWay;
import io.benchtop.service.spawn.kubernetes.Finding.Over;
import io.benchtop.service.spawn.kubernetes.StartDecision.GiveUp;
import io.benchtop.service.spawn.kubernetes.StartDecision.KeepWaiting;
import io.benchtop.service.spawn.kubernetes.StartDecision.Ready;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartDecisionTest {

    private static final Finding PULLING = new OnItsWay(StartPhase.PULLING, "pulling");
    private static final Finding STARTING = new OnItsWay(StartPhase.STARTING, "starting");

    private final StartDecision begin = StartDecision.begin(Duration.ofSeconds(60));

    private static Ailing ailing(EndingCode code, long seconds) {
        return new Ailing(StartPhase.QUEUED, code, "ailing", Duration.ofSeconds(seconds));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static void assertGivesUp(StartDecision decision, EndingCode code) {
        assertThat(decision.verdict())
                .isInstanceOfSatisfying(
                        GiveUp.class, end -> assertThat(end.code()).isEqualTo(code));
    }

    @Test
    void isReadyWhenItAnswers() {
        assertThat(begin.after(STARTING, seconds(1))
                        .after(new Answering(), seconds(1))
                        .verdict())
                .isEqualTo(new Ready());
    }

    @Test
    void givesUpAtOnceWhenItIsOver() {
        assertGivesUp(begin.after(new Over(EndingCode.EXITED, "over"), seconds(0)), EndingCode.EXITED);
    }

    @Test
    void givesUpWhenTheServerTakesTooLong() {
        // When
        StartDecision late = begin.after(STARTING, seconds(60));

        // Then
        assertThat(late.verdict()).isInstanceOf(KeepWaiting.class);
        assertGivesUp(late.after(STARTING, seconds(1)), EndingCode.TIMED_OUT);
    }

    @Test
    void aSlowPullIsNoFailureForHalfAnHour() {
        // When
        StartDecision pulled = begin.after(PULLING, Duration.ofMinutes(29));

        // Then
        assertThat(pulled.after(STARTING, seconds(59)).verdict()).isInstanceOf(KeepWaiting.class);
        assertGivesUp(pulled.after(PULLING, Duration.ofMinutes(2)), EndingCode.IMAGE_UNAVAILABLE);
    }

    @Test
    void troubleThatPassesInTimeIsForgotten() {
        // When
        StartDecision better = begin.after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(0))
                .after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(7))
                .after(STARTING, seconds(2))
                .after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(5));

        // Then
        assertThat(better.verdict()).isInstanceOf(KeepWaiting.class);
    }

    @Test
    void troubleThatLastsIsTheEnd() {
        assertGivesUp(
                begin.after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(30))
                        .after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(8)),
                EndingCode.UNSCHEDULABLE);
    }

    @Test
    void otherTroubleBeginsAnew() {
        assertThat(begin.after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(0))
                        .after(ailing(EndingCode.UNSCHEDULABLE, 8), seconds(7))
                        .after(ailing(EndingCode.VOLUME_UNAVAILABLE, 8), seconds(2))
                        .verdict())
                .isInstanceOf(KeepWaiting.class);
    }

    @Test
    void atTheTimeoutTroubleIsToldRatherThanTheTime() {
        assertGivesUp(
                begin.after(ailing(EndingCode.VOLUME_UNAVAILABLE, 3600), seconds(61)), EndingCode.VOLUME_UNAVAILABLE);
    }
}
