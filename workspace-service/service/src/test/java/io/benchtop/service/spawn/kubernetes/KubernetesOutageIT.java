package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.TestingGate;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.RecordingWatch;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartOutcome.Started;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens while the API server cannot be reached: a gate stands before it, which the tests shut. */
class KubernetesOutageIT {

    /** Ten seconds are promised, and the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestingCluster cluster;

    private final WorkspaceId id = WorkspaceId.random();
    private TestingGate gate;
    private TestingSpawner testing;

    @BeforeAll
    static void openCluster() {
        cluster = TestingCluster.open("outage");
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        gate = new TestingGate(
                URI.create(TestingCluster.config().getMasterUrl()).getPort());
        testing = TestingSpawner.in(cluster, cluster.claims(), throughTheGate());
    }

    private Config throughTheGate() {
        return new ConfigBuilder(TestingCluster.config())
                .withMasterUrl("https://127.0.0.1:" + gate.port())
                .build();
    }

    @AfterEach
    void end() throws IOException {
        gate.open();
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            testing.spawner().stop(id);
            return true;
        });
        testing.close();
        gate.close();
    }

    private SpawnRequest request() {
        return new SpawnRequest(
                id,
                1,
                new UserName("alice"),
                new Slug("experiment"),
                ServerSpec.of(new Resources(128L << 20, null, 0.05)));
    }

    private Alive started() {
        StartOutcome outcome = testing.spawner().start(request(), new RecordingWatch());
        assertThat(outcome).isInstanceOf(Started.class);
        return ((Started) outcome).server();
    }

    @Test
    void f06NothingIsToldToBeGoneDuringAnOutageWhichCostsFewRequestsAndHealsSoon() throws Exception {
        // Given
        Alive server = started();

        // When
        gate.shut();
        int before = gate.attempts();
        long seconds = 25;
        for (int i = 0; i < seconds * 10; i++) {
            assertThat(testing.spawner().list()).containsValue(server);
            assertThat(testing.spawner().poll(id)).isEqualTo(server);
            assertThatThrownBy(() -> testing.spawner().stop(id)).isInstanceOf(SpawnerAway.class);
            Thread.sleep(100);
        }

        // Then
        System.out.println("f06: " + (gate.attempts() - before) + " requests in " + seconds + " s of an outage");
        assertThat(gate.attempts() - before).isLessThanOrEqualTo((int) (2 * seconds));
        assertThat(testing.spawner().health().answering()).isFalse();
        assertThat(testing.spawner().health().detail()).contains("does not answer");

        // When
        gate.open();
        long opened = System.nanoTime();

        // Then
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(testing.spawner().health().answering()).isTrue();
            assertThat(testing.spawner().health().watching()).isTrue();
        });
        System.out.println("f06: healed after "
                + Duration.ofNanos(System.nanoTime() - opened).toMillis() + " ms (promised 10 s)");
    }

    @Test
    void f06AStartWaitsForTheEndOfAnOutage() {
        // Given
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> testing.spawner().health().watching());
        gate.shut();
        RecordingWatch watch = new RecordingWatch();

        // When
        CompletableFuture<StartOutcome> start = CompletableFuture.supplyAsync(
                () -> testing.spawner().start(request(), watch), Thread::startVirtualThread);
        Awaitility.await().atMost(PATIENCE).until(() -> watch.phases().contains(StartPhase.QUEUED));
        gate.open();

        // Then
        assertThat(start.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Started.class);
    }

    @Test
    void f07BeginsWhileTheClusterIsAwayAndHealsSoon() throws IOException {
        // Given
        Alive server = started();
        testing.close();
        gate.shut();

        // When
        testing = TestingSpawner.in(cluster, cluster.claims(), throughTheGate());

        // Then
        assertThatThrownBy(() -> testing.spawner().list()).isInstanceOf(SpawnerAway.class);
        assertThatThrownBy(() -> testing.spawner().poll(id)).isInstanceOf(SpawnerAway.class);

        // When
        gate.open();

        // Then
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(testing.spawner().list()).containsValue(server));
    }

    @Test
    void f08APodThatIsDeletedWhileTheWatchIsCutIsNoticed() {
        // Given
        started();

        // When
        gate.shut();
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.server(id, 1))
                .withGracePeriod(1)
                .delete();
        gate.open();

        // Then
        Awaitility.await().atMost(PATIENCE).until(() -> testing.spawner().list().isEmpty());
    }
}
