package io.benchtop.service.endpoint.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.Arm;
import io.benchtop.service.endpoint.ArmId;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.model.kubernetes.ModelHardware;
import io.benchtop.service.model.kubernetes.ModelPods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an arm consists of on a cluster, computed from the arm and the settings and nothing else. The Deployment says what it is for, so
 * that an arm is found again from the cluster alone; everything else belongs to the Deployment and goes with it. Names follow from the
 * arm: making it twice is finding it.
 */
final class ArmObjects {

    static final int HTTP_PORT = 8080;
    static final int GRPC_PORT = 8081;
    static final int ADMIN_PORT = 8082;

    static final String SERVER = "server";
    static final String ARM = "benchtop.io/arm";

    private static final String ENDPOINT = "benchtop.io/endpoint";
    private static final String MODEL = "benchtop.io/model";
    private static final String VERSION = "benchtop.io/version";

    private static final String KEY = "serving-key";
    private static final int BUSY_PERCENT = 70;

    /** Proxies hear within a second that a server ends; the model-server then ends what it has begun within 30 s. */
    private static final long STILL_ASKED_SECONDS = 3;

    private static final long GRACE_SECONDS = 40;

    /** Loading may take minutes; who waits for it gives up before. */
    private static final int PROBES_OF_AN_HOUR = 3600;

    private final ServingSettings settings;
    private final ModelPods pods;

    ArmObjects(ServingSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.pods = new ModelPods(settings.pods());
    }

    /** What tells the objects of this installation's arms from all others. */
    Map<String, String> labels() {
        return pods.labels("benchtop-model-server");
    }

    static String name(ArmId arm) {
        return "model-" + arm.key();
    }

    static ModelPlace place(ServedVersion version) {
        return new ModelPlace(new ModelName(version.model()), SemanticVersion.parse(version.version()));
    }

    /** What a Deployment of ours is for; empty if it does not say so. */
    static Optional<ArmId> arm(Deployment deployment) {
        Map<String, String> labels = deployment.getMetadata().getLabels();
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        if (labels == null || annotations == null) {
            return Optional.empty();
        }
        String model = annotations.getOrDefault(MODEL, "");
        String version = annotations.getOrDefault(VERSION, "");
        return EndpointId.find(labels.getOrDefault(ENDPOINT, ""))
                .filter(_ -> !model.isEmpty() && !version.isEmpty())
                .map(endpoint -> new ArmId(endpoint, new ServedVersion(model, version)));
    }

    private Map<String, String> labels(ArmId arm) {
        Map<String, String> labels = labels();
        labels.put(ENDPOINT, arm.endpoint().value());
        labels.put(ARM, arm.key());
        return labels;
    }

    private static Map<String, String> selector(ArmId arm) {
        return Map.of(ARM, arm.key());
    }

    private ObjectMeta metadata(ArmId arm) {
        return new ObjectMetaBuilder()
                .withName(name(arm))
                .withNamespace(settings.pods().namespace())
                .withLabels(labels(arm))
                .addToAnnotations(MODEL, arm.version().model())
                .addToAnnotations(VERSION, arm.version().version())
                .build();
    }

    /** With as many pods as it has at least; for one that is new, or that no autoscaler scales. */
    Deployment counted(Arm arm, ModelHardware hardware) {
        return deployment(arm, hardware, arm.scaling().least());
    }

    /** Of one that an autoscaler scales: how many pods there are is its own. */
    Deployment uncounted(Arm arm, ModelHardware hardware) {
        return deployment(arm, hardware, null);
    }

    /** Nothing but how many pods there are, to hand that over: what nobody applies any more falls back to one. */
    Deployment count(Arm arm, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name(arm.id()))
                .withNamespace(settings.pods().namespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    private Deployment deployment(Arm arm, ModelHardware hardware, @Nullable Integer replicas) {
        return new DeploymentBuilder()
                .withMetadata(metadata(arm.id()))
                .withNewSpec()
                .withReplicas(replicas)
                .withRevisionHistoryLimit(0)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(selector(arm.id()))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels(arm.id()))
                .endMetadata()
                .withSpec(podSpec(arm, hardware))
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec podSpec(Arm arm, ModelHardware hardware) {
        return pods.frame(place(arm.id().version()), name(arm.id()), hardware)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .addNewTopologySpreadConstraint()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(selector(arm.id()))
                .endLabelSelector()
                .endTopologySpreadConstraint()
                .withContainers(server(arm, hardware))
                .addToVolumes(ModelPods.secretFile(name(arm.id()), KEY))
                .build();
    }

    private Container server(Arm arm, ModelHardware hardware) {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--model",
                arm.served() + "=" + ModelPods.MODEL_PATH,
                "--bind",
                "0.0.0.0",
                "--http-port",
                Integer.toString(HTTP_PORT),
                "--grpc-port",
                Integer.toString(GRPC_PORT),
                "--admin-port",
                Integer.toString(ADMIN_PORT),
                "--key-file",
                ModelPods.path(KEY)));
        arguments.addAll(hardware.deviceArguments());
        ContainerBuilder server = ModelPods.container(SERVER, arguments, hardware);
        return server.addNewPort()
                .withName("http")
                .withContainerPort(HTTP_PORT)
                .endPort()
                .addNewPort()
                .withName("grpc")
                .withContainerPort(GRPC_PORT)
                .endPort()
                .addNewPort()
                .withName("admin")
                .withContainerPort(ADMIN_PORT)
                .endPort()
                .withStartupProbe(probe("/health/ready")
                        .withPeriodSeconds(1)
                        .withFailureThreshold(PROBES_OF_AN_HOUR)
                        .build())
                .withReadinessProbe(probe("/health/ready")
                        .withPeriodSeconds(2)
                        .withFailureThreshold(2)
                        .build())
                .withLivenessProbe(probe("/health/live")
                        .withPeriodSeconds(10)
                        .withFailureThreshold(3)
                        .build())
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(STILL_ASKED_SECONDS)
                .endPreStop()
                .endLifecycle()
                .addToVolumeMounts(ModelPods.secretMount(KEY))
                .build();
    }

    private static ProbeBuilder probe(String path) {
        Probe probe = new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(ADMIN_PORT)
                .endHttpGet()
                .withTimeoutSeconds(2)
                .build();
        return new ProbeBuilder(probe);
    }

    /** All but the Deployment, which they belong to. */
    List<HasMetadata> dependents(Arm arm, Deployment owner, String servingKey, String fetchToken) {
        ObjectMeta metadata = new ObjectMetaBuilder(metadata(arm.id()))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .build();
        List<HasMetadata> all = new ArrayList<>(List.of(
                secret(metadata, servingKey, fetchToken),
                service(metadata, arm.id()),
                policy(metadata, arm.id()),
                budget(metadata, arm.id())));
        if (arm.scaling().isByLoad()) {
            all.add(autoscaler(metadata, arm));
        }
        return all;
    }

    private static Secret secret(ObjectMeta metadata, String servingKey, String fetchToken) {
        return new SecretBuilder()
                .withMetadata(metadata)
                .withType("Opaque")
                .addToStringData(KEY, servingKey)
                .addToStringData(ModelPods.FETCH_TOKEN, fetchToken)
                .build();
    }

    /** Without an address of its own: the proxy asks each pod, to know which one it asked. */
    private static Service service(ObjectMeta metadata, ArmId arm) {
        return new ServiceBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withClusterIP("None")
                .withSelector(selector(arm))
                .addNewPort()
                .withName("http")
                .withPort(HTTP_PORT)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .addNewPort()
                .withName("grpc")
                .withPort(GRPC_PORT)
                .withTargetPort(new IntOrString("grpc"))
                .endPort()
                .endSpec()
                .build();
    }

    /** The proxy asks for answers, the service for statistics, and nobody else reaches it. What it may reach is the namespace's. */
    private NetworkPolicy policy(ObjectMeta metadata, ArmId arm) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(selector(arm))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withFrom(system("proxy"))
                .addNewPort()
                .withPort(new IntOrString(HTTP_PORT))
                .endPort()
                .addNewPort()
                .withPort(new IntOrString(GRPC_PORT))
                .endPort()
                .endIngress()
                .addNewIngress()
                .withFrom(system("service"))
                .addNewPort()
                .withPort(new IntOrString(ADMIN_PORT))
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }

    private NetworkPolicyPeer system(String component) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", settings.systemNamespace())
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels("app.kubernetes.io/name", "benchtop")
                .addToMatchLabels("app.kubernetes.io/instance", settings.release())
                .addToMatchLabels("app.kubernetes.io/component", component)
                .endPodSelector()
                .build();
    }

    /** A node that is emptied takes one after the other. */
    private static PodDisruptionBudget budget(ObjectMeta metadata, ArmId arm) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(selector(arm))
                .endSelector()
                .endSpec()
                .build();
    }

    private static HorizontalPodAutoscaler autoscaler(ObjectMeta metadata, Arm arm) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withNewScaleTargetRef()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(metadata.getName())
                .endScaleTargetRef()
                .withMinReplicas(arm.scaling().least())
                .withMaxReplicas(arm.scaling().max())
                .addNewMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(BUSY_PERCENT)
                .endTarget()
                .endResource()
                .endMetric()
                .endSpec()
                .build();
    }
}
