package io.benchtop.service.model.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.CheckLimits;
import io.benchtop.service.model.Digest;
import io.benchtop.service.model.ModelPlace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pod that checks a version, and its Secret. Both are called after the version, so that replicas that follow one another find
 * what is there. The result is the last line that the container writes. Pure.
 */
final class CheckPodFactory {

    static final String CHECK = "check";

    private static final int NAME_DIGITS = 16;

    /** Fetching the files is not the model's time. */
    static final Duration FETCHES_WITHIN = Duration.ofMinutes(30);

    /** Until it fetches them, as for its image; who waits for it gives up before. */
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(10);

    private final ModelPodSettings settings;
    private final ModelPods pods;
    private final CheckLimits limits;

    CheckPodFactory(ModelPodSettings settings, CheckLimits limits) {
        this.settings = requireNonNull(settings, "settings is null");
        this.pods = new ModelPods(settings);
        this.limits = requireNonNull(limits, "limits is null");
    }

    Map<String, String> labels() {
        return pods.labels("benchtop-model-check");
    }

    static String name(ModelPlace place) {
        return "model-check-" + Digest.of(place.path()).substring(0, NAME_DIGITS);
    }

    Pod podFor(ModelPlace place) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name(place))
                .withNamespace(settings.namespace())
                .withLabels(labels())
                .addToAnnotations("benchtop.io/model", place.path())
                .endMetadata()
                .withSpec(pods.frame(place, name(place), settings.ofTrials())
                        .withRestartPolicy("Never")
                        .withTerminationGracePeriodSeconds(1L)
                        .withActiveDeadlineSeconds(BEGINS_WITHIN
                                .plus(FETCHES_WITHIN)
                                .plus(limits.patience())
                                .toSeconds())
                        .withContainers(ModelPods.container(CHECK, arguments(), settings.ofTrials())
                                .withResources(resources())
                                .build())
                        .build())
                .build();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "check",
                "--model",
                ModelPods.MODEL_PATH,
                "--result",
                "-",
                "--timeout-seconds",
                Long.toString(limits.patience().toSeconds())));
        arguments.addAll(settings.ofTrials().deviceArguments());
        return arguments;
    }

    /** A model that takes more than a check may have is ended, and not moved to where there is more. */
    private ResourceRequirements resources() {
        return new ResourceRequirementsBuilder(settings.ofTrials().resources())
                .addToLimits("memory", new Quantity(limits.memoryMebibytes() + "Mi"))
                .build();
    }

    Secret secretFor(ModelPlace place, String fetchToken) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name(place))
                .withNamespace(settings.namespace())
                .withLabels(labels())
                .endMetadata()
                .withType("Opaque")
                .addToStringData(ModelPods.FETCH_TOKEN, fetchToken)
                .build();
    }
}
