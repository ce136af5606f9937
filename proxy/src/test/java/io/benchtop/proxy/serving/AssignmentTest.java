package io.benchtop.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointRoute.Sticky;
import io.benchtop.proxy.serving.Assignment.Caller;
import io.prometheus.client.CollectorRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {

    private static final int CALLS = 100_000;
    private static final Sticky ALL = new Sticky("X-User-Id", true, Routes.COOKIE_KEY);

    private final Random random = new Random(1);

    private static Plan plan(EndpointRoute route) {
        ServingMetrics metrics = new ServingMetrics(new CollectorRegistry());
        return new Plan(
                route,
                null,
                version -> new ArmTraffic(version, metrics.endpoint("iris").arm(version)),
                0);
    }

    private Assignment assign(
            EndpointRoute route, @Nullable String header, @Nullable String cookie, @Nullable String fresh) {
        return Assignment.of(route, new Caller(header, cookie, fresh, "alice"), random::nextInt);
    }

    private String version(Plan plan, String key) {
        return plan.arm(assign(plan.route(), key, null, null).bucket()).version();
    }

    private Map<String, Integer> spread(Plan plan) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < CALLS; i++) {
            counts.merge(version(plan, "user-" + i), 1, Integer::sum);
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500, 2000, 5000, 9000})
    void callersSplitAsTheSharesSay(int share) {
        // When
        Map<String, Integer> counts = spread(plan(Routes.split("X-User-Id", share)));

        // Then
        assertThat(counts.get("2.0.0") / (double) CALLS).isCloseTo(share / 10_000.0, within(0.01));
    }

    @Test
    void s37_anArmWithoutAShareGetsNobody() {
        assertThat(spread(plan(Routes.split("X-User-Id", 0)))).containsOnlyKeys("1.0.0");
        assertThat(spread(plan(Routes.split("X-User-Id", 10_000)))).containsOnlyKeys("2.0.0");
    }

    @Test
    void aRampNeverMovesAnybodyBack() {
        // Given
        Set<String> moved = new HashSet<>();
        for (int share : new int[] {0, 500, 2000, 5000, 10_000}) {
            Plan plan = plan(Routes.split("X-User-Id", share));
            for (int i = 0; i < CALLS; i++) {
                // When
                String key = "user-" + i;
                boolean candidate = version(plan, key).equals("2.0.0");

                // Then
                assertThat(candidate || !moved.contains(key)).as(key).isTrue();
                if (candidate) {
                    moved.add(key);
                }
            }
        }
        assertThat(moved).hasSize(CALLS);
    }

    @Test
    void aNewSaltMixesCallersAnew() {
        int same = 0;
        for (int i = 0; i < CALLS; i++) {
            boolean before = EndpointRoute.bucketOf("salt-1", "user-" + i) < 5000;
            boolean after = EndpointRoute.bucketOf("salt-2", "user-" + i) < 5000;
            same += before == after ? 1 : 0;
        }
        assertThat(same / (double) CALLS).isCloseTo(0.5, within(0.01));
    }

    @Test
    void theHeaderGoesBeforeTheCookieAndTheCookieBeforeTheName() {
        // Given
        EndpointRoute route = Routes.of(ALL, Routes.arm("1.0.0", 0, 10_000));

        // When / Then
        assertThat(assign(route, "u1", "c1", null).key()).isEqualTo("u1");
        assertThat(assign(route, "", "c1", null).key()).isEqualTo("c1");
        assertThat(assign(route, null, null, "c2"))
                .matches(Assignment::newCookie)
                .extracting(Assignment::key)
                .isEqualTo("c2");
        assertThat(assign(route, null, null, null).key()).isEqualTo("alice");
        assertThat(assign(route, "u1", "c1", "c2").newCookie()).isFalse();
    }

    @Test
    void s37_aHeaderThatTheRouteDoesNotNameChoosesNothing() {
        // Given
        EndpointRoute route = Routes.split(null, 5000);

        // When / Then
        assertThat(assign(route, "u1", null, null).key()).isEqualTo("alice");
        assertThat(assign(route, "u1", "c1", "c2").key()).isEqualTo("alice");
    }

    @Test
    void whereCallersAreToBeSpreadEachCallFallsByChance() {
        // Given
        EndpointRoute route = Routes.of(new Sticky("X-User-Id", false, null, true), Routes.arm("1.0.0", 0, 10_000));
        Set<Integer> buckets = new HashSet<>();

        // When
        for (int i = 0; i < 1000; i++) {
            buckets.add(assign(route, null, null, null).bucket());
        }

        // Then
        assertThat(buckets).hasSizeGreaterThan(900);
        assertThat(assign(route, "u1", null, null).key()).isEqualTo("u1");
    }
}
