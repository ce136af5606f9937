package io.benchtop.service.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** S37: shares add up, nobody flips back, and what cannot be a share is refused. */
class TrafficTest {

    private static final ServedVersion OLD = new ServedVersion("risk", "0.0.1");
    private static final ServedVersion NEW = new ServedVersion("risk", "0.0.2");
    private static final ServedVersion THIRD = new ServedVersion("risk", "0.0.3");

    private static ServedVersion owner(Traffic traffic, int bucket) {
        return traffic.shares().entrySet().stream()
                .filter(share ->
                        share.getValue().stream().anyMatch(range -> range.from() <= bucket && bucket < range.to()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGrowingShareKeepsEveryClientThatItHad() {
        // Given
        Traffic traffic = Traffic.all(OLD);
        List<Integer> had = new ArrayList<>();

        for (int percent : List.of(1, 5, 20, 50, 99, 100)) {
            // When
            traffic = traffic.shifted(Map.of(NEW, percent * 100, OLD, (100 - percent) * 100));

            // Then
            assertThat(traffic.weight(NEW)).isEqualTo(percent * 100);
            assertThat(traffic.weight(OLD)).isEqualTo(10_000 - percent * 100);
            for (int bucket : had) {
                assertThat(owner(traffic, bucket)).isEqualTo(NEW);
            }
            had.clear();
            for (int bucket = 0; bucket < 10_000; bucket++) {
                if (owner(traffic, bucket).equals(NEW)) {
                    had.add(bucket);
                }
            }
        }
    }

    @Test
    void whateverIsShiftedEveryBucketHasOneOwnerAndNoMoreMovesThanMust() {
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            // Given
            Traffic traffic = Traffic.all(OLD);
            for (int step = 0; step < 5; step++) {
                Map<ServedVersion, Integer> weights = new LinkedHashMap<>();
                int one = random.nextInt(10_001);
                int two = random.nextInt(10_001 - one);
                weights.put(OLD, one);
                weights.put(NEW, two);
                weights.put(THIRD, 10_000 - one - two);

                // When
                Traffic next = traffic.shifted(weights);

                // Then
                Traffic before = traffic;
                weights.forEach(
                        (version, weight) -> assertThat(next.weight(version)).isEqualTo(weight));
                int must = weights.entrySet().stream()
                        .mapToInt(each -> Math.max(0, each.getValue() - before.weight(each.getKey())))
                        .sum();
                int moved = 0;
                for (int bucket = 0; bucket < 10_000; bucket += 13) {
                    if (!owner(before, bucket).equals(owner(next, bucket))) {
                        moved++;
                    }
                }
                assertThat(moved).isLessThanOrEqualTo(must / 13 + 20);
                traffic = next;
            }
        }
    }

    @Test
    void weightsThatAreNoSharesAreRefusedWithWhatTheyAddUpTo() {
        assertThatThrownBy(() -> Traffic.all(OLD).shifted(Map.of(NEW, 500, OLD, 9_000)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("95.0 %");
        assertThatThrownBy(() -> Traffic.all(OLD).shifted(Map.of(NEW, -500, OLD, 10_500)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> Traffic.all(OLD).shifted(Map.of())).isInstanceOf(ProblemException.class);
    }

    @Test
    void aVersionWithoutWeightIsNotThere() {
        assertThat(Traffic.all(OLD).shifted(Map.of(NEW, 10_000, OLD, 0)).shares())
                .containsOnlyKeys(NEW);
    }
}
