package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.MutableClock;
import io.benchtop.service.connection.SourceGuard.Patience;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SourceGuardTest {

    private static final Connection SHOP = SampleConnection.of("shop", SampleConnection.database());

    private final MutableClock clock = new MutableClock(Instant.parse("2026-02-01T10:00:00Z"));
    private final SourceGuard guard = guard(Duration.ofSeconds(30));
    private final AtomicInteger asked = new AtomicInteger();

    private SourceGuard guard(Duration rest) {
        return new SourceGuard(SHOP, new Patience(Duration.ofMillis(10), rest), clock);
    }

    @Test
    void afterFiveFailuresItIsLeftAloneAndSaysWhenToComeBack() {
        // When
        for (int call = 0; call < SourceGuard.FAILURES; call++) {
            assertAway(guard);
        }
        clock.advance(Duration.ofSeconds(10));

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> guard.call(this::fails))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.SOURCE_AWAY);
                    assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(20));
                    assertThat(problem.detail()).contains("\"shop\"").contains("left alone for 20 s");
                });
        assertThat(asked).hasValue(SourceGuard.FAILURES);
        assertThat(guard.state().word()).isEqualTo("away");
    }

    @Test
    void fiveOfTheLastTenAreCounted() throws IOException {
        // Given
        for (int call = 0; call < 20; call++) {
            guard.call(() -> true);
        }

        // When
        for (int call = 0; call < SourceGuard.FAILURES - 1; call++) {
            assertAway(guard);
        }

        // Then
        assertThat(guard.call(() -> true)).isTrue();
        assertThat(guard.state().word()).isEqualTo("answers");
        assertThat(guard.state().checkedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aRefusalIsAnAnswer() {
        // When
        for (int call = 0; call < 20; call++) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> guard.call(() -> {
                        throw SourceProblem.failed(SHOP, "the password is wrong.");
                    }));
        }

        // Then
        assertThat(guard.state().word()).isEqualTo("answers");
    }

    @Test
    void itIsAskedAgainAfterItsRest() {
        // Given
        SourceGuard brief = guard(Duration.ofMillis(50));
        for (int call = 0; call < SourceGuard.FAILURES; call++) {
            assertAway(brief);
        }

        // Then
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(brief.call(() -> true)).isTrue());
        assertThat(brief.state().word()).isEqualTo("answers");
    }

    @Test
    void noMoreThanEightAreInside() {
        // Given
        for (int call = 0; call < SourceGuard.AT_ONCE; call++) {
            guard.enter();
        }

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(guard::enter)
                .withMessageContaining("is busy: 8 reads")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.SOURCE_AWAY));

        // When
        guard.leave();

        // Then
        guard.enter();
        assertThat(guard.state().word()).isEqualTo("unknown");
    }

    private Object fails() {
        asked.incrementAndGet();
        throw SourceProblem.away(SHOP, "its host refuses the connection.");
    }

    private void assertAway(SourceGuard guard) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> guard.call(this::fails));
    }
}
