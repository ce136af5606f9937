package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;

/**
 * The short pod that tries an image, computed from the image, the profile's server and the settings: where and as whom a
 * server would run, with the same tools and environment, but without a home, an address, a secret or more than it takes to
 * ask Python a question. It has no label of a server, so that nobody takes it for one.
 */
final class ImageProbePodFactory {

    static final long GRACE_SECONDS = 1;

    /** It may have to be fetched; whoever waits for it gives up before. */
    private static final long DEADLINE_SECONDS =
            StartDecision.LONGEST_PULL.plusMinutes(10).toSeconds();

    private static final ResourceRequirements RESOURCES = new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("100m"))
            .addToRequests("memory", new Quantity("256Mi"))
            .addToLimits("cpu", new Quantity("1"))
            .addToLimits("memory", new Quantity("256Mi"))
            .build();

    private final KubernetesSettings settings;
    private final PodFactory servers;

    ImageProbePodFactory(KubernetesSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.servers = new PodFactory(settings);
    }

    Pod podFor(ImageReference image, ServerSpec spec) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(ObjectNames.probe(image))
                .withNamespace(settings.namespace())
                .withLabels(Labels.ofProbe(settings.installation()))
                .endMetadata()
                .withSpec(servers.frame(spec, RESOURCES)
                        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                        .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                        .withContainers(new ContainerBuilder()
                                .withName(PodFactory.SERVER)
                                .withImage(image.value())
                                .withImagePullPolicy("IfNotPresent")
                                .withCommand(PodFactory.PROGRAM, "--probe")
                                .withWorkingDir(ServerVolumes.TMP_PATH)
                                .withEnv(ServerEnvironment.ofProbe(spec))
                                .withResources(RESOURCES)
                                .withSecurityContext(PodFactory.security(false))
                                .withVolumeMounts(ServerVolumes.mountsOfProbe())
                                .build())
                        .withVolumes(ServerVolumes.ofProbe())
                        .build())
                .build();
    }
}
