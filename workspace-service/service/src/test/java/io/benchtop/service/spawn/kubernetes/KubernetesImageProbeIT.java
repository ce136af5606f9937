package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.profile.ImageCompatibility;
import io.benchtop.service.profile.ImageCompatibility.Verdict;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of the real cluster's registry: ours as they were built where they are, else those that stand for them. */
class KubernetesImageProbeIT {

    private static TestingCluster cluster;
    private static KubernetesCluster connection;
    private static KubernetesImageProbe probe;
    private static ImageReference good;

    @BeforeAll
    static void openCluster() {
        cluster = TestingCluster.open("images");
        good = TestingImage.built("base").orElseGet(TestingImage::inRegistry);
        KubernetesSettings settings = TestingSettings.in(
                cluster, cluster.claims(), good, TestingImage.built("tools").orElseGet(TestingImage::inRegistry));
        connection = KubernetesCluster.connect(TestingCluster.config(), settings, Clock.systemUTC());
        probe = new KubernetesImageProbe(connection);
    }

    @AfterAll
    static void close() {
        if (connection != null) {
            connection.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void nothingIsLeftBehind() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(pods()).isEmpty());
    }

    private static List<Pod> pods() {
        return cluster.client().pods().inNamespace(cluster.namespace()).list().getItems();
    }

    private static ImageCompatibility probe(ImageReference image, Map<String, String> nodeSelector) {
        return probe.probe(
                image,
                new ServerSpec(
                        new Resources(64L << 30, null, 16.0),
                        image,
                        null,
                        nodeSelector,
                        List.of(),
                        List.of(),
                        Map.of()));
    }

    private static ImageReference inRegistry(String name) {
        return new ImageReference(TestingImage.registry() + "/" + name);
    }

    @Test
    void tellsWhatAnImageHas() {
        // When
        ImageCompatibility found = probe(good, Map.of());

        // Then
        assertThat(found.verdict()).as(found.message()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(found.message()).matches("It works, with JupyterLab 4\\.\\S+ and the kernels java and python3\\.");
        assertThat(found.jupyterServer()).startsWith("2.");
        assertThat(found.python()).startsWith("3.11");
        assertThat(found.uid()).isEqualTo(1000);
    }

    @Test
    void twoReplicasMayTryTheSameImageAtOnce() {
        // When
        CompletableFuture<ImageCompatibility> other = CompletableFuture.supplyAsync(() -> probe(good, Map.of()));
        ImageCompatibility one = probe(good, Map.of());

        // Then
        assertThat(List.of(one, other.join()))
                .extracting(ImageCompatibility::verdict)
                .containsOnly(Verdict.COMPATIBLE);
    }

    @Test
    void whatAServiceThatWasEndedLeftBehindDoesNotMatter() {
        // Given
        Pod stale = new ImageProbePodFactory(connection.settings())
                .podFor(good, ServerSpec.of(new Resources(null, null, null)))
                .edit()
                .editSpec()
                .editFirstContainer()
                .withCommand("/no/such/program")
                .endContainer()
                .endSpec()
                .build();
        cluster.client().resource(stale).create();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> pods().stream().anyMatch(pod -> PodEnding.of(pod).isPresent()));

        // Then
        assertThat(probe(good, Map.of()).verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void anAdministratorWhoAddsAnImageReadsThatItIsBeingTriedAndThenWhatItHas(@TempDir Path data) {
        // Given
        Map<String, Object> onTheCluster = Map.of(
                "benchtop.spawner", "kubernetes",
                "benchtop.kubernetes.namespace", cluster.namespace(),
                "benchtop.kubernetes.installation", "testing",
                "benchtop.kubernetes.image", good.value(),
                "benchtop.kubernetes.tools-image",
                        connection.settings().toolsImage().value());
        try (TestingService service = TestingService.start(data, onTheCluster)) {
            TestingClient root = service.signIn("root", Role.ADMIN);

            // When
            HttpResponse<String> made = root.post("/api/v1/profiles", """
                    {"slug": "tried", "displayName": "Tried", "image": "%s", "audience": {"kind": "everybody"}}
                    """.formatted(good));

            // Then
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(made.body()).contains("\"verdict\":\"probing\"");
            assertThat(root.open("/admin/profiles").body()).contains("image is being tried");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(
                            () -> assertThat(root.open("/admin/profiles/tried").body())
                                    .contains(">works</span>", "It works, with JupyterLab"));
            assertThat(root.get("/api/v1/profiles/tried").body()).contains("\"verdict\":\"compatible\"");
            assertThat(root.get("/api/v1/status").body()).doesNotContain("cluster");
        }
    }

    @Test
    void saysThatAnImageCannotBeFetched() {
        // When
        ImageCompatibility found = probe(inRegistry("no/such-image:1"), Map.of());

        // Then
        assertThat(found.verdict()).as(found.message()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(found.message()).contains("no/such-image:1 cannot be fetched", "not found");
    }

    @Test
    void saysWhatAnImageWithoutPythonLacks() {
        // When
        ImageCompatibility found = probe(inRegistry("library/debian:bookworm-slim"), Map.of());

        // Then
        assertThat(found.verdict()).as(found.message()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(found.message()).contains("Python 3.11");
    }

    @Test
    void aClusterWithoutAPlaceForItTellsNothingAboutAnImage() {
        // When
        ImageCompatibility found = probe(good, Map.of("no-node", "has-this"));

        // Then
        assertThat(found.verdict()).isEqualTo(Verdict.NOT_PROBED);
        assertThat(found.message()).startsWith("It could not be tried: No node of the cluster may run it.");
    }
}
