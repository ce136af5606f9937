package io.benchtop.service.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.EndpointUsage.Latency;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardCheckTest {

    private static final Measure QUICK = answersAfter(5);

    /** As a proxy counts them: at the first bound that the time does not exceed. */
    private static Measure answersAfter(double millis) {
        int place = Collections.binarySearch(Latency.BOUNDS_MILLIS, millis);
        int bucket = place < 0 ? -place - 1 : place;
        List<Long> counts = IntStream.rangeClosed(0, Latency.BOUNDS_MILLIS.size())
                .mapToObj(i -> i == bucket ? 100L : 0L)
                .toList();
        return new Measure(100, 0, counts, 0, 0, 0, 0, 0);
    }

    private static Optional<Tripped> check(double maxP99Millis, double millis) {
        return GuardCheck.check(new Guards(null, maxP99Millis, null, null), answersAfter(millis), QUICK);
    }

    @Test
    void timesAreJudgedByTheBoundsThatTheProxyCountsBy() {
        assertThat(Measure.BOUNDS_MILLIS).isEqualTo(Latency.BOUNDS_MILLIS);
    }

    @Test
    void aVersionWithinTheBoundIsNotTakenBackForTheWidthOfItsBucket() {
        assertThat(check(60, 55)).isEmpty();
        assertThat(check(15_000, 12_000)).isEmpty();
        assertThat(check(0.1, 0.05)).isEmpty();
    }

    @Test
    void aVersionThatIsSlowerForCertainIsTakenBack() {
        // When
        Optional<Tripped> tripped = check(60, 80);

        // Then
        assertThat(tripped).hasValueSatisfying(each -> {
            assertThat(each.code()).isEqualTo("P99");
            assertThat(each.message()).contains("up to 100 ms", "the bound is 60 ms", "had 5 ms");
        });
        assertThat(check(50, 50)).isEmpty();
        assertThat(check(50, 51)).isPresent();
    }

    @Test
    void moreThanAMinuteIsToldOnlyOfWhatTookSo() {
        assertThat(check(5_000, 12_000))
                .hasValueSatisfying(each -> assertThat(each.message()).contains("up to 30000 ms"));
        assertThat(check(5_000, 61_000))
                .hasValueSatisfying(each -> assertThat(each.message()).contains("more than a minute"));
        assertThat(check(90_000, 100_000)).isPresent();
    }
}
