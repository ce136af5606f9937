package io.benchtop.service.spawn.policycheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said about the network around servers (S16). */
class PolicyCheckTest {

    private static final Target DATABASE = new Target("the database", "db", 5432);
    private static final Target API = new Target("the Kubernetes API", "10.0.0.1", 443);
    private static final Target PLATFORM = new Target("the platform", "proxy", 80);

    private final FakeReachProbe network = new FakeReachProbe();
    private final PolicyCheck check =
            new PolicyCheck(network, List.of(DATABASE, API), PLATFORM, Duration.ofMinutes(1), Duration.ofMinutes(6));

    @Test
    void beforeAnythingWasTriedNothingIsPromised() {
        assertThat(check.enforced()).isZero();
        assertThat(check.warning()).hasValueSatisfying(said -> assertThat(said).contains("is being tried"));
    }

    @Test
    void s16WhereOnlyThePlatformIsReachedAllIsWell() {
        // Given
        network.open.add("the platform");

        // When
        check.run();

        // Then
        assertThat(check.enforced()).isEqualTo(1);
        assertThat(check.warning()).isEmpty();
    }

    @Test
    void s16WhatIsReachedAlthoughItIsForbiddenIsNamed() {
        // Given
        network.open.addAll(List.of("the platform", "the database"));
        network.anotherServer = true;

        // When
        check.run();

        // Then
        assertThat(check.enforced()).isZero();
        assertThat(check.warning())
                .hasValueSatisfying(
                        said -> assertThat(said).contains("NOT KEPT APART", "another server, the database could be"));
    }

    @Test
    void aPodWithoutAnyNetworkShowsNothing() {
        // When
        check.run();

        // Then
        assertThat(check.enforced()).isZero();
        assertThat(check.warning())
                .hasValueSatisfying(
                        said -> assertThat(said).contains("could not be tried", "the platform at proxy:80"));
    }

    @Test
    void whyItCouldNotBeTriedIsSaid() {
        // Given
        network.refusal = "the pod did not run";

        // When
        check.run();

        // Then
        assertThat(check.warning())
                .hasValueSatisfying(said -> assertThat(said).contains("could not be tried: the pod did not run."));
    }

    @Test
    void badNewsIsLookedAtAgainSoonAndLessAndLessOften() {
        // Given: what was reached, and then what could not be tried
        network.open.addAll(List.of("the platform", "the database"));
        Duration first = check.run();
        network.refusal = "the pod did not run";

        // When
        List<Duration> waits = List.of(first, check.run(), check.run(), check.run(), check.run());

        // Then
        assertThat(waits).extracting(Duration::toMinutes).containsExactly(1L, 2L, 4L, 6L, 6L);
    }

    @Test
    void goodNewsIsBelievedForLongAndForgivesTheBad() {
        // Given
        check.run();
        check.run();
        network.open.add("the platform");

        // When
        Duration good = check.run();
        network.open.clear();
        Duration bad = check.run();

        // Then
        assertThat(good).isEqualTo(Duration.ofMinutes(6));
        assertThat(bad).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aNetworkThatWasClosedSinceIsNoticed() {
        // Given
        network.open.addAll(List.of("the platform", "the Kubernetes API"));
        check.run();
        network.open.remove("the Kubernetes API");

        // When
        check.run();

        // Then
        assertThat(check.enforced()).isEqualTo(1);
    }

    @Test
    void anAddressIsWrittenAsProgramsReadIt() {
        assertThat(new Target("x", "fd00:ec2::254", 80).address()).isEqualTo("[fd00:ec2::254]:80");
        assertThat(DATABASE.address()).isEqualTo("db:5432");
        assertThatThrownBy(() -> new Target("x", "a b", 80)).hasMessageContaining("not a host");
        assertThatThrownBy(() -> new Target("x", "a", 0)).hasMessageContaining("not a port");
    }
}
