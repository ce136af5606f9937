package io.benchtop.service.endpoint.kubernetes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.endpoint.Arm;
import io.benchtop.service.endpoint.ArmId;
import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.ModelServersContract;
import io.benchtop.service.endpoint.Scaling;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.ServingKeys;
import io.benchtop.service.kubernetes.ClusterClients;
import io.benchtop.service.kubernetes.FileServer;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.kubernetes.ModelHardware;
import io.benchtop.service.model.kubernetes.ModelPodSettings;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.kubernetes.TestingCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real model-server in pods of a real cluster. */
class KubernetesModelServersIT extends ModelServersContract {

    private static final Path IRIS = Path.of("../model-server/src/test/resources/models/iris");
    private static final FetchTokens TOKENS = new FetchTokens(new byte[32]);
    private static final ServingKeys KEYS = new ServingKeys(new byte[32]);

    private static TestingCluster cluster;
    private static KubernetesClient client;
    private static FileServer files;
    private static ImageReference image;

    private final List<KubernetesModelServers> opened = new ArrayList<>();
    private KubernetesModelServers servers;

    @BeforeAll
    static void openCluster() {
        cluster = TestingCluster.open("serving");
        client = cluster.client();
        image = cluster.built("model-server");
        files = new FileServer(client);
        files.give("risk/0.0.1", IRIS, TOKENS.of(ArmObjects.place(VERSION)));
    }

    @AfterAll
    static void closeCluster() {
        if (files != null) {
            files.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    @Override
    protected void endAll() {
        super.endAll();
        opened.forEach(KubernetesModelServers::close);
    }

    @Override
    protected ModelServers servers() {
        if (servers == null) {
            servers = open(image);
        }
        return servers;
    }

    @Override
    protected ModelServers later() {
        return open(image);
    }

    private KubernetesModelServers open(ImageReference of, ModelHardware... more) {
        ModelHardware usual = ModelHardware.plain(HardwareOffer.USUAL, of, "50m", "128Mi", "1Gi");
        ModelPodSettings pods = new ModelPodSettings(
                cluster.namespace(),
                "testing",
                files.url(),
                null,
                Stream.concat(Stream.of(usual), Arrays.stream(more)).toList(),
                HardwareOffer.USUAL);
        KubernetesModelServers fresh = new KubernetesModelServers(
                ClusterClients.connect(), new ServingSettings(pods, "benchtop", "testing"), KEYS, TOKENS);
        opened.add(fresh);
        await().atMost(60, SECONDS).ignoreExceptions().until(() -> fresh.list() != null);
        return fresh;
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(cluster.namespace())
                .withLabel(ArmObjects.ARM, id.key())
                .list()
                .getItems();
    }

    @Test
    void aPodAnswersWhoeverKnowsItsKeyAndNobodyElse() throws Exception {
        // Given
        servers().ensure(arm(1));
        URI http = ready(servers(), 1).getFirst().http();
        HttpRequest question = HttpRequest.newBuilder(http.resolve("/v2/models/orders/infer"))
                .POST(BodyPublishers.ofString("""
                        {"inputs": [{"name": "X", "shape": [1, 4], "datatype": "FP32", "data": [5.1, 3.5, 1.4, 0.2]}]}"""))
                .build();
        HttpRequest withKey = HttpRequest.newBuilder(question, (_, _) -> true)
                .header("X-Benchtop-Serving-Key", KEYS.serving(id))
                .build();

        // When
        try (HttpClient web = HttpClient.newHttpClient()) {
            int refused = web.send(question, BodyHandlers.discarding()).statusCode();
            var answer = web.send(withKey, BodyHandlers.ofString());

            // Then
            assertThat(refused).isEqualTo(401);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Model-Version")).contains("0.0.1");
        }
        assertThat(servers().log(id, 50)).isNotEmpty();
    }

    /** F22. */
    @Test
    void aPodThatIsTakenAwayIsMadeAgain() {
        // Given
        servers().ensure(arm(1));
        List<ArmState.Server> before = ready(servers(), 1);

        // When
        client.pods()
                .inNamespace(cluster.namespace())
                .withName(pods().getFirst().getMetadata().getName())
                .withGracePeriod(1)
                .delete();

        // Then
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(servers().list().get(id))
                        .isInstanceOfSatisfying(
                                ArmState.Ready.class,
                                ready -> assertThat(ready.servers()).hasSize(1).isNotEqualTo(before)));
    }

    @Test
    void asManyRunAsTheScalingSays() {
        // Given
        servers().ensure(arm(1));
        ready(servers(), 1);

        // When
        servers().ensure(arm(2));

        // Then
        assertThat(ready(servers(), 2)).doesNotHaveDuplicates();

        // When
        servers().ensure(arm(1));

        // Then
        ready(servers(), 1);
    }

    @Test
    void howManyRunStaysWhenLoadDecidesFromThenOn() {
        // Given
        servers().ensure(arm(2));
        List<ArmState.Server> before = ready(servers(), 2);

        // When
        servers()
                .ensure(new Arm(
                        id, new EndpointName("orders"), new Scaling(2, 4, Duration.ofMinutes(1)), HardwareOffer.USUAL));

        // Then
        await().during(5, SECONDS)
                .atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(servers().list().get(id)).isEqualTo(new ArmState.Ready(before)));
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(cluster.namespace())
                        .withName(ArmObjects.name(id))
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
    }

    @Test
    void whatBelongsToAnArmIsMadeWithItAndGoesWithIt() {
        // Given
        Scaling scaled = new Scaling(1, 3, Duration.ofMinutes(1));
        String name = ArmObjects.name(id);
        String namespace = cluster.namespace();

        // When
        servers().ensure(new Arm(id, new EndpointName("orders"), scaled, HardwareOffer.USUAL));

        // Then
        await().atMost(60, SECONDS).untilAsserted(() -> {
            assertThat(client.services().inNamespace(namespace).withName(name).get())
                    .isNotNull();
            assertThat(client.policy()
                            .v1()
                            .podDisruptionBudget()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .isNotNull();
            assertThat(client.network()
                            .v1()
                            .networkPolicies()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .isNotNull();
            assertThat(client.autoscaling()
                            .v2()
                            .horizontalPodAutoscalers()
                            .inNamespace(namespace)
                            .withName(name)
                            .get()
                            .getSpec()
                            .getMaxReplicas())
                    .isEqualTo(3);
        });

        // When
        servers().end(id);

        // Then
        await().atMost(60, SECONDS).untilAsserted(() -> {
            assertThat(client.secrets().inNamespace(namespace).withName(name).get())
                    .isNull();
            assertThat(client.services().inNamespace(namespace).withName(name).get())
                    .isNull();
            assertThat(client.autoscaling()
                            .v2()
                            .horizontalPodAutoscalers()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .isNull();
        });
    }

    @Test
    void filesThatAreNotGivenAreTheReasonThatIsTold() {
        // Given
        ArmId unknown = new ArmId(id.endpoint(), new ServedVersion("risk", "9.9.9"));

        // When
        servers().ensure(new Arm(unknown, new EndpointName("orders"), Scaling.ONE, HardwareOffer.USUAL));

        // Then
        await().atMost(120, SECONDS)
                .untilAsserted(() -> assertThat(servers().list().get(unknown))
                        .isInstanceOfSatisfying(ArmState.Failed.class, failed -> {
                            assertThat(failed.code()).isEqualTo("FETCH_FAILED");
                            assertThat(failed.message()).contains("401");
                        }));
        servers().end(unknown);
    }

    /** What an administrator took away does not take what serves with it. */
    @Test
    void hardwareThatIsNotOfferedAnyMoreIsTheReasonThatIsTold() {
        // When
        servers().ensure(new Arm(id, new EndpointName("orders"), Scaling.ONE, "gpu"));

        // Then
        assertThat(servers().list().get(id))
                .isEqualTo(new ArmState.Failed(
                        "REFUSED", "The hardware \"gpu\" is not offered any more: choose default for the endpoint."));

        // When
        servers().ensure(arm(1));
        List<ArmState.Server> serving = ready(servers(), 1);
        servers().ensure(new Arm(id, new EndpointName("orders"), Scaling.ONE, "gpu"));

        // Then
        assertThat(servers().list().get(id))
                .isEqualTo(new ArmState.Ready(
                        serving, "The hardware \"gpu\" is not offered any more: choose default for the endpoint."));
    }

    /** As long as the new pods are not there, the old ones serve; nobody is to believe that they run on it. */
    @Test
    void whatIsReadySaysWhyItIsNotOnOtherHardwareYet() {
        // Given
        KubernetesModelServers with = open(image, gpus("64"));
        with.ensure(arm(1));
        List<ArmState.Server> serving = ready(with, 1);

        // When
        with.ensure(new Arm(id, new EndpointName("orders"), Scaling.ONE, "gpu"));

        // Then
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(with.list().get(id))
                        .isInstanceOfSatisfying(ArmState.Ready.class, ready -> {
                            assertThat(ready.servers()).isEqualTo(serving);
                            assertThat(ready.trouble()).contains("nvidia.com/gpu");
                        }));
    }

    private ModelHardware gpus(String count) {
        return new ModelHardware(
                "gpu",
                image,
                new ResourceRequirementsBuilder()
                        .addToLimits("memory", new Quantity("1Gi"))
                        .addToLimits("nvidia.com/gpu", new Quantity(count))
                        .build(),
                Map.of(),
                List.of(),
                null);
    }

    @Test
    void gpusThatNoNodeHasAreTheReasonThatIsTold() {
        // Given
        KubernetesModelServers with = open(image, gpus("64"));

        // When
        with.ensure(new Arm(id, new EndpointName("orders"), Scaling.ONE, "gpu"));

        // Then
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(with.list().get(id))
                        .isInstanceOfSatisfying(
                                ArmState.Starting.class,
                                starting -> assertThat(starting.message()).contains("nvidia.com/gpu")));
    }

    /** None of the device is to be had anywhere, and the model does not run on the CPU instead. */
    @Test
    void aPodThatIsToUseCudaAndCannotSaysWhy() {
        // Given
        KubernetesModelServers with = open(image, gpus("0"));

        // When
        with.ensure(new Arm(id, new EndpointName("orders"), Scaling.ONE, "gpu"));

        // Then
        await().atMost(120, SECONDS)
                .untilAsserted(() -> assertThat(with.list().get(id))
                        .isInstanceOfSatisfying(
                                ArmState.Failed.class,
                                failed -> assertThat(failed.message()).contains("CUDA")));
    }

    @Test
    void anImageThatIsNotThereIsTheReasonThatIsTold() {
        // Given
        KubernetesModelServers wrong = open(new ImageReference(image.value().replaceAll(":[^:]*$", ":none")));

        // When
        wrong.ensure(arm(1));

        // Then
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(wrong.list().get(id))
                        .isInstanceOfSatisfying(
                                ArmState.Failed.class,
                                failed -> assertThat(failed.code()).isEqualTo("IMAGE_UNAVAILABLE")));
    }

    @Test
    void whatTheClusterRefusesIsTheReasonThatIsTold() {
        // Given
        ModelPodSettings nowhere = new ModelPodSettings(
                "no-such-namespace",
                "testing",
                files.url(),
                null,
                List.of(ModelHardware.plain(HardwareOffer.USUAL, image, "50m", "128Mi", "1Gi")),
                HardwareOffer.USUAL);
        KubernetesModelServers lost = new KubernetesModelServers(
                ClusterClients.connect(), new ServingSettings(nowhere, "benchtop", "testing"), KEYS, TOKENS);
        opened.add(lost);
        await().atMost(60, SECONDS).ignoreExceptions().until(() -> lost.list() != null);

        // When
        lost.ensure(arm(1));

        // Then
        assertThat(lost.list())
                .isEqualTo(Map.of(id, lost.list().get(id)))
                .extractingByKey(id)
                .isInstanceOfSatisfying(
                        ArmState.Failed.class,
                        failed -> assertThat(failed.message()).contains("no-such-namespace"));
    }
}
