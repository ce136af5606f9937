package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.RecordingWatch;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartOutcome.Started;
import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warm servers of a real cluster, with a stand-in for JupyterLab. */
class KubernetesWarmServersIT {

    private static final ServerSpec SPEC = ServerSpec.of(new Resources(128L << 20, null, 0.05));
    private static final UserName ALICE = new UserName("alice");
    private static final Slug SLUG = new Slug("experiment");

    private static TestingCluster cluster;

    private final WorkspaceId id = WorkspaceId.random();
    private TestingSpawner testing;

    @BeforeAll
    static void openCluster() {
        cluster = TestingCluster.open("warm");
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void open() {
        testing = TestingSpawner.in(cluster);
    }

    @AfterEach
    void end() {
        warm().list().forEach(left -> warm().discard(left.id()));
        testing.spawner().stop(id);
        testing.close();
    }

    private WarmServers warm() {
        return testing.spawner().warmServers();
    }

    /** Its pod. */
    private Pod waiting() {
        warm().make(id, SPEC);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(warm().seen()).containsExactly(warm(State.READY)));
        return pod().get();
    }

    private WarmServer warm(State state) {
        return new WarmServer(id, warm().kind(SPEC).orElseThrow(), state);
    }

    private Resource<Pod> pod() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.server(id, WarmPodFactory.GENERATION));
    }

    private Resource<PersistentVolumeClaim> home() {
        return cluster.client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.home(id));
    }

    private Alive started() {
        return started(SPEC);
    }

    private Alive started(ServerSpec spec) {
        StartOutcome outcome =
                testing.spawner().start(new SpawnRequest(id, 1, ALICE, SLUG, spec), new RecordingWatch());
        assertThat(outcome).isInstanceOf(Started.class);
        return ((Started) outcome).server();
    }

    private static String uid(HasMetadata object) {
        return Objects.requireNonNull(object.getMetadata().getUid());
    }

    @Test
    void whatNobodyHasClaimedIsNoServer() {
        // Given
        waiting();

        // Then
        assertThat(warm().list()).containsExactly(warm(State.READY));
        assertThat(testing.spawner().list()).isEmpty();
    }

    @Test
    void itBecomesTheServerOfWhoeverClaimsIt() {
        // Given
        Pod waiting = waiting();

        // When
        long begin = System.nanoTime();
        Alive server = started();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        System.out.println("from the claim of a warm server to the first answer: " + took);
        assertThat(server.process()).contains(uid(waiting));
        assertThat(testing.spawner().list()).containsOnlyKeys(id).containsValue(server);
        assertThat(warm().list()).isEmpty();
        assertThat(pod().get().getMetadata().getLabels())
                .containsEntry("benchtop.io/owner", "alice")
                .containsEntry("benchtop.io/slug", "experiment")
                .doesNotContainKey(Labels.WARM);
        assertThat(home().get().getMetadata().getLabels())
                .containsEntry("benchtop.io/owner", "alice")
                .doesNotContainKey(Labels.WARM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm-home-claimed", "warm-claim-written"})
    void f01AClaimThatOneReplicaBeganIsFinishedByAnother(String step) {
        // Given
        Pod waiting = waiting();
        Failpoint deadly = reached -> {
            if (reached.equals(step)) {
                throw new IllegalStateException("killed");
            }
        };
        try (TestingSpawner killed = TestingSpawner.in(cluster, deadly)) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            killed.spawner().start(new SpawnRequest(id, 1, ALICE, SLUG, SPEC), new RecordingWatch()));
        }

        // When
        warm().list().forEach(left -> assertThat(left.state()).isEqualTo(State.READY));
        Alive server = started();

        // Then
        assertThat(server.process()).contains(uid(waiting));
        assertThat(warm().list()).isEmpty();
    }

    @Test
    void ofWhatIsDiscardedNothingIsLeftAndAStartMakesItsOwn() {
        // Given
        Pod waiting = waiting();
        PersistentVolumeClaim home = home().get();

        // When
        warm().discard(id);
        warm().discard(id);
        Alive server = started();

        // Then
        assertThat(server.process()).doesNotContain(uid(waiting));
        assertThat(home().get())
                .satisfies(now -> assertThat(uid(now)).isNotEqualTo(uid(home)))
                .satisfies(now ->
                        assertThat(now.getMetadata().getDeletionTimestamp()).isNull());
    }

    @Test
    void whatWasClaimedIsNotDiscarded() {
        // Given
        waiting();
        Alive server = started();

        // When
        warm().discard(id);

        // Then
        assertThat(testing.spawner().start(new SpawnRequest(id, 1, ALICE, SLUG, SPEC), new RecordingWatch()))
                .isEqualTo(new Started(server));
        assertThat(home().get().getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void aStartOfSomethingElseDoesNotTakeIt() {
        // Given
        Pod waiting = waiting();

        // When
        Alive server = started(ServerSpec.of(new Resources(130L << 20, null, 0.05)));

        // Then
        assertThat(server.process()).doesNotContain(uid(waiting));
        assertThat(warm().list()).isEmpty();
        assertThat(home().get().getMetadata().getLabels()).doesNotContainKey(Labels.WARM);
    }

    @Test
    void remainsAreFoundAndRemoved() {
        // Given
        waiting();
        pod().withGracePeriod(1).delete();

        // When
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(warm().list()).containsExactly(warm(State.ENDED)));
        warm().discard(id);

        // Then
        assertThat(warm().list()).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(home().get()).isNull());
    }
}
