package io.benchtop.service.abtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.trial.Stopping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S38 through everything but the database of tests: users with keys fall into buckets, their outcomes come in small posts, and looks
 * switch by themselves. Both versions convert alike, so every switch is a false one. Seeded: the same numbers every time.
 */
class FalseSwitchesTest {

    private static final int TRIALS = 400;
    private static final int POST = 40;

    @ParameterizedTest
    @EnumSource
    void equalVersionsAreSwitchedInAtMostAlphaOfTheTrials(Stopping stopping) {
        // Given
        Map<Stage, Integer> ends = new EnumMap<>(Stage.class);
        SplittableRandom random = new SplittableRandom(7);
        try (Stand stand = Stand.over(new FakeAbTests())) {
            for (int trial = 1; trial <= TRIALS; trial++) {
                EndpointName name = stand.serving(trial);
                stand.running(name, Stand.proposal(stopping, true));

                // When
                ends.merge(end(stand, name, random), 1, Integer::sum);
            }
        }

        // Then
        assertThat(ends.getOrDefault(Stage.SWITCHED, 0)).isLessThanOrEqualTo((int) (Stand.PLAN.alpha() * TRIALS));
        assertThat(ends.getOrDefault(Stage.INVALID, 0)).isLessThan(TRIALS / 50);
        assertThat(ends.getOrDefault(Stage.NO_DIFFERENCE, 0)).isGreaterThan(TRIALS * 9 / 10);
        assertThat(ends).doesNotContainKeys(Stage.BETTER, Stage.STOPPED, Stage.WAITING, Stage.RUNNING);
    }

    private static Stage end(Stand stand, EndpointName name, SplittableRandom random) {
        for (int user = 0; ; user += POST) {
            List<Outcome> post = new ArrayList<>();
            for (int i = 0; i < POST; i++) {
                post.add(new Outcome("user-" + (user + i), random.nextDouble() < Stand.PLAN.baseline(), null));
            }
            AbTest after = stand.tests.report(stand.alice, name, post).test();
            if (after.stage() != Stage.RUNNING) {
                stand.look();
                return stand.now(name).stage();
            }
        }
    }
}
