package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.RecordingWatch;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.SpawnerContract;
import io.benchtop.service.spawn.StartPhase;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real pods of a real cluster, with a stand-in for JupyterLab. */
class KubernetesSpawnerContractIT extends SpawnerContract {

    private static TestingCluster cluster;

    private String behaviour = "";
    private TestingSpawner testing;

    @BeforeAll
    static void openCluster() {
        cluster = TestingCluster.open("contract");
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
        spawner().list().keySet().forEach(spawner()::stop);
        testing.close();
    }

    @Override
    protected KubernetesSpawner spawner() {
        return testing.spawner();
    }

    @Override
    protected Spawner restarted() {
        testing.close();
        testing = TestingSpawner.in(cluster);
        return spawner();
    }

    @Override
    protected ServerSpec spec() {
        return new ServerSpec(
                new Resources(256L << 20, 256, 0.1),
                null,
                null,
                Map.of(),
                List.of(),
                List.of(),
                Map.of("BEHAVIOUR", behaviour));
    }

    @Override
    protected void makeStartsFail() {
        behaviour = "exit 3";
    }

    @Override
    protected void makeStartsHang() {
        behaviour = "silent";
    }

    @Override
    protected void endServer() {
        try (ExecWatch exec = cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.server(id, 1))
                .inContainer(PodFactory.SERVER)
                .redirectingOutput()
                .exec("sh", "-c", "kill 1")) {
            exec.exitCode().join();
        }
    }

    @Test
    void theServerAnswersWhereTheSpawnerSaysAndOfItsMemoryTheClusterTells() throws Exception {
        // When
        Alive server = started(1);

        // Then
        URI address = server.target().resolve(request(1).path() + "api");
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(server.limits().memory()).isEqualTo("cgroup");
        assertThat(server.limits().processes()).isEqualTo("none");
    }

    @Test
    void tellsThePhasesInTheirOrder() {
        // Given
        RecordingWatch watch = new RecordingWatch();

        // When
        spawner().start(request(1), watch);

        // Then
        assertThat(watch.phases()).isSorted().contains(StartPhase.SCHEDULED, StartPhase.STARTING, StartPhase.READY);
    }

    @Test
    void afterAStopOnlyTheHomeAndTheRecordAreLeft() {
        // Given
        started(1);

        // When
        spawner().stop(id);

        // Then
        Map<String, String> label = Map.of(Labels.WORKSPACE, id.value());
        assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withLabels(label)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.client()
                        .secrets()
                        .inNamespace(cluster.namespace())
                        .withLabels(label)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(cluster.namespace())
                        .withLabels(label)
                        .list()
                        .getItems())
                .hasSize(1);
        assertThat(spawner().logTail(id, 10)).isNotEmpty();
    }
}
