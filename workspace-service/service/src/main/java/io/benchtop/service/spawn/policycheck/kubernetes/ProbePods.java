package io.benchtop.service.spawn.policycheck.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ImageReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pods of the self-test, computed; nothing is created here. They have no label of a server, so that nobody takes them for
 * one; the policies hold for every pod of the namespace.
 *
 * @param namespace where servers run
 * @param installation tells the pods of several installations apart
 * @param image the service's own
 * @param command starts {@link io.benchtop.service.spawn.policycheck.Prober} in that image
 * @param imagePullSecret empty for none
 */
public record ProbePods(
        String namespace, String installation, ImageReference image, List<String> command, String imagePullSecret) {

    static final String NAME = "benchtop-policy-check";
    static final int PORT = 8888;
    static final String RESULT_FILE = "/dev/termination-log";

    private static final long USER = 10_001;
    private static final long DEADLINE_SECONDS = 300;
    /** Never 0: Kubernetes would forget the pod while its container may still run. */
    private static final long GRACE_SECONDS = 1;

    public ProbePods {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(installation, "installation is null");
        requireNonNull(image, "image is null");
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("the self-test has no command");
        }
        requireNonNull(imagePullSecret, "imagePullSecret is null");
    }

    Map<String, String> labels() {
        return Map.of(
                "app.kubernetes.io/name", NAME,
                "app.kubernetes.io/managed-by", "benchtop",
                "app.kubernetes.io/instance", installation);
    }

    /** One that may be reached, were it not for the policies. */
    Pod listening(String suffix) {
        return pod("listening-" + suffix, List.of("listen", Integer.toString(PORT)));
    }

    /** One that tries. */
    Pod trying(String suffix, String needed, List<String> forbidden) {
        List<String> arguments = new ArrayList<>(List.of("try", RESULT_FILE, needed));
        arguments.addAll(forbidden);
        return pod("trying-" + suffix, arguments);
    }

    private Pod pod(String name, List<String> arguments) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME + "-" + name)
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("prober")
                .withImage(image.value())
                .withCommand(command)
                .withArgs(arguments)
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("64Mi")))
                .withLimits(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("128Mi")))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec();
        if (!imagePullSecret.isEmpty()) {
            pod.editSpec().addNewImagePullSecret(imagePullSecret).endSpec();
        }
        return pod.build();
    }
}
