package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.profile.Toleration;
import io.benchtop.service.spawn.SpawnRequest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pod of a server, computed from the request and the settings and nothing else, and fit for the restricted Pod Security
 * standard whatever the profile says. The init container brings the platform's tools, so that any image with Jupyter Server
 * will do; the container {@code server} runs them as user 1000 and group 100, whom the home belongs to.
 */
final class PodFactory {

    static final String SERVER = "server";
    static final String TOOLS = "tools";
    static final String PROGRAM = ServerVolumes.TOOLS_PATH + "/bin/server";
    static final int PORT = 8888;
    static final int GRACE_SECONDS = 10;

    /** A startup probe that gives up would kill the server; when to give up is for whoever waits for the start. */
    private static final int PROBES_OF_AN_HOUR = 3600;

    private final KubernetesSettings settings;

    PodFactory(KubernetesSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    Pod podFor(SpawnRequest request) {
        Container server = server(request.spec())
                .withEnv(ServerEnvironment.of(settings, request))
                .withStartupProbe(startup(api(request)).build())
                .withReadinessProbe(
                        readiness(api(request)).withPeriodSeconds(10).build())
                .withVolumeMounts(ServerVolumes.mounts(settings.homes(), request))
                .build();
        return pod(
                ObjectNames.server(request),
                Labels.ofServer(settings.installation(), request),
                request.spec(),
                server,
                ServerVolumes.of(settings.homes(), request));
    }

    /** What all pods of servers have in common. */
    Pod pod(String name, Map<String, String> labels, ServerSpec spec, Container server, List<Volume> volumes) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(settings.namespace())
                .withLabels(labels)
                // Whoever works in it would lose what is in memory.
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .endMetadata()
                .withSpec(frame(spec, ServerResources.without(spec))
                        .withTerminationGracePeriodSeconds((long) GRACE_SECONDS)
                        .withContainers(server)
                        .withVolumes(volumes)
                        .build())
                .build();
    }

    /** What every pod has that runs an image with our tools: where it runs, as whom, and who brings the tools. */
    PodSpecBuilder frame(ServerSpec spec, ResourceRequirements toolsResources) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withServiceAccountName(settings.serviceAccount())
                .withEnableServiceLinks(false)
                .withImagePullSecrets(pullSecrets(settings))
                .withNodeSelector(spec.nodeSelector().isEmpty() ? null : new TreeMap<>(spec.nodeSelector()))
                .withTolerations(
                        spec.tolerations().stream().map(PodFactory::toleration).toList())
                .withSecurityContext(podSecurity())
                .withInitContainers(tools(toolsResources));
    }

    private Container tools(ResourceRequirements resources) {
        return new ContainerBuilder()
                .withName(TOOLS)
                .withImage(settings.toolsImage().value())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/opt/benchtop-tools/install", ServerVolumes.TOOLS_PATH)
                // What a quota counts is the larger of both containers: the same costs nothing.
                .withResources(resources)
                .withSecurityContext(security(true))
                .withVolumeMounts(ServerVolumes.toolsMount(false))
                .build();
    }

    /** What the containers of all servers have in common. */
    ContainerBuilder server(ServerSpec spec) {
        return new ContainerBuilder()
                .withName(SERVER)
                .withImage(settings.imageOf(spec).value())
                .withImagePullPolicy("IfNotPresent")
                .withCommand(PROGRAM)
                .withWorkingDir(ServerVolumes.HOME_PATH)
                .addNewPort()
                .withName("http")
                .withContainerPort(PORT)
                .endPort()
                .withResources(ServerResources.of(spec))
                // Our own image is made for it; of others nothing is known.
                .withSecurityContext(security(spec.image() == null));
    }

    private static ProbeBuilder api(SpawnRequest request) {
        return get(request.path() + "api");
    }

    static ProbeBuilder get(String path) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(PORT)
                .endHttpGet();
    }

    static ProbeBuilder startup(ProbeBuilder probe) {
        return probe.withPeriodSeconds(1).withTimeoutSeconds(2).withFailureThreshold(PROBES_OF_AN_HOUR);
    }

    static ProbeBuilder readiness(ProbeBuilder probe) {
        return probe.withTimeoutSeconds(2).withFailureThreshold(3);
    }

    private static PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(1000L)
                .withRunAsGroup(100L)
                .withFsGroup(100L)
                // Else each start of a large home takes as long as looking at all its files.
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    static SecurityContext security(boolean readOnlyRoot) {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(readOnlyRoot)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    static List<LocalObjectReference> pullSecrets(KubernetesSettings settings) {
        String secret = settings.imagePullSecret();
        return secret == null ? List.of() : List.of(new LocalObjectReference(secret));
    }

    private static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration toleration) {
        return new TolerationBuilder()
                .withKey(toleration.key())
                .withOperator(toleration.value() == null ? "Exists" : "Equal")
                .withValue(toleration.value())
                .withEffect(effect(toleration.effect()))
                .build();
    }

    private static @Nullable String effect(Toleration.@Nullable Effect effect) {
        return switch (effect) {
            case null -> null;
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }

    /** What the pod asks for, by the cluster's names of resources; for telling why it has no place. */
    static Map<String, String> asked(Pod pod) {
        Map<String, String> asked = new TreeMap<>();
        pod.getSpec()
                .getContainers()
                .forEach(container -> ServerResources.requests(container)
                        .forEach((name, quantity) -> asked.put(name, quantity.toString())));
        return asked;
    }
}
