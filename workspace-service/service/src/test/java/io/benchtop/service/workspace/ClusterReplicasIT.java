package io.benchtop.service.workspace;

import static io.benchtop.service.workspace.TestingInstallation.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.ServiceProcess;
import io.benchtop.service.TestingSnapshot;
import io.benchtop.service.spawn.kubernetes.TestingServers.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two real services over PostgreSQL and a real cluster, of which one is killed, frozen or set back (SECURITY.md F01, F05,
 * F17): one of them, {@code other}, is there for all tests.
 */
class ClusterReplicasIT {

    /** A start that was cut off has come to its end by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    static Path data;

    private static TestingInstallation installation;
    private static ServiceProcess other;

    @BeforeAll
    static void install() throws IOException {
        installation = new TestingInstallation(data, "replicas");
        other = installation.start();
    }

    @AfterAll
    static void remove() {
        if (other != null) {
            other.close();
        }
        if (installation != null) {
            installation.close();
        }
    }

    @AfterEach
    void clear() {
        other.thaw();
        installation.cluster().provideVolumes();
        installation.clear(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"starting-written", "home-made", "secret-made", "pod-made", "server-ready", "running-written"})
    void f01WhatAReplicaBeganThatIsKilledAtAnyStepIsFinishedByTheOtherOnce(String step) {
        // Given
        String id;
        // It must not be quicker than the one that is to die.
        other.freeze();
        try (ServiceProcess first = installation.startToDieAt(step)) {
            id = installation.alice(first).createAndStart("Killed");
            assertThat(first.awaitEnd()).isEqualTo(137);
        }
        long killed = System.nanoTime();

        // When
        other.thaw();

        // Then
        installation.alice(other).awaitState(id, "RUNNING", PATIENCE);
        tell("f01: killed at " + step + ", running after", killed);
        installation.assertTheWorldIsRight(other);
        assertThat(installation.servers().homes()).containsExactly(id);
    }

    @Test
    void f05AfterTheDatabaseLostItsLastCommitsNoServerIsThereTwiceAndNoneThatItDoesNotKnow() {
        // Given
        TestingPerson alice = installation.alice(other);
        String stopped = alice.create("Stopped");
        installation.cluster().holdVolumes();
        String starting = alice.createAndStart("Starting");
        alice.awaitState(starting, "STARTING", PATIENCE);
        awaitPods(1);
        TestingSnapshot before = installation.snapshot();
        installation.cluster().provideVolumes();
        alice.awaitState(starting, "RUNNING", PATIENCE);
        alice.start(stopped);
        alice.awaitState(stopped, "RUNNING", PATIENCE);
        String unknown = alice.createAndStart("Unknown");
        alice.awaitState(unknown, "RUNNING", PATIENCE);
        Server adopted = pod(starting);

        // When
        before.putBack();

        // Then
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(pods()).containsExactly(adopted));
        alice.awaitState(starting, "RUNNING", PATIENCE);
        alice.awaitState(stopped, "STOPPED", PATIENCE);
        assertThat(alice.get(unknown).statusCode()).isEqualTo(404);
        // Files are not deleted because nobody knows them any more.
        assertThat(installation.servers().homes()).containsExactlyInAnyOrder(starting, stopped, unknown);
        installation.servers().deleteHome(unknown);

        // When
        alice.start(stopped);

        // Then
        alice.awaitState(stopped, "RUNNING", PATIENCE);
        installation.assertTheWorldIsRight(other);
    }

    @Test
    void f17WhatAFrozenReplicaBeganIsFinishedByTheOtherAndWhatItWritesAfterwardsIsRefused() {
        // Given
        try (ServiceProcess frozen = installation.start()) {
            installation.cluster().holdVolumes();
            TestingPerson alice = installation.alice(other);
            other.freeze();
            List<String> ids = Stream.of("One", "Two", "Three")
                    .map(installation.alice(frozen)::createAndStart)
                    .toList();
            awaitPods(3);
            List<Server> begun = pods();

            // When
            frozen.freeze();
            long since = System.nanoTime();
            other.thaw();
            installation.cluster().provideVolumes();

            // Then
            ids.forEach(id -> alice.awaitState(id, "RUNNING", PATIENCE));
            tell("f17: running at the other", since);
            assertThat(uids(pods())).containsExactlyInAnyOrderElementsOf(uids(begun));

            // When
            alice.stop(ids.getFirst());
            alice.awaitState(ids.getFirst(), "STOPPED", PATIENCE);
            int refused = installation.logged("to another replica").size();
            frozen.thaw();

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> installation.logged("to another replica").size() >= refused + ids.size());
            installation.assertTheWorldIsRight(other, frozen);
            assertThat(alice.state(ids.getFirst())).isEqualTo("STOPPED");
            assertThat(uids(begun)).containsAll(uids(pods())).hasSize(3);
        }
    }

    private static List<Server> pods() {
        return installation.servers().pods();
    }

    private static Server pod(String id) {
        return pods().stream()
                .filter(pod -> pod.workspace().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> uids(List<Server> pods) {
        return pods.stream().map(Server::uid).toList();
    }

    private static void awaitPods(int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pods()).hasSize(count));
    }
}
