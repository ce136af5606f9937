package io.benchtop.service.model.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ImageReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a pod that serves a model runs on.
 *
 * @param name as owners of endpoints choose it
 * @param image the model-server's: the one for GPUs where there are any
 * @param resources of one pod; its memory is limited, or a model could take the node's
 * @param nodeSelector labels of the nodes that have it
 * @param tolerations of what keeps other pods from these nodes
 * @param runtimeClass how its nodes start containers, where that is not what they do anyway; null for none
 */
public record ModelHardware(
        String name,
        ImageReference image,
        ResourceRequirements resources,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        @Nullable String runtimeClass) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final String NVIDIA = "nvidia.com/";

    public ModelHardware {
        requireNonNull(image, "image is null");
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name must be of small letters, digits and -, not \"" + name + "\"");
        }
        if (!resources.getLimits().containsKey("memory")) {
            throw new IllegalArgumentException("\"" + name + "\" must have a limit of memory");
        }
    }

    /**
     * Processors and memory alone.
     *
     * @param cpuRequest as Kubernetes writes it, such as {@code 250m}
     * @param memoryRequest such as {@code 512Mi}
     * @param memoryLimit such as {@code 2Gi}
     */
    public static ModelHardware plain(
            String name, ImageReference image, String cpuRequest, String memoryRequest, String memoryLimit) {
        ResourceRequirements resources = new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(cpuRequest))
                .addToRequests("memory", new Quantity(memoryRequest))
                .addToLimits("memory", new Quantity(memoryLimit))
                .build();
        return new ModelHardware(name, image, resources, Map.of(), List.of(), null);
    }

    /** What the model-server is told of where models are to run; nothing for the CPU, which is usual. */
    public List<String> deviceArguments() {
        boolean cuda = resources.getLimits().keySet().stream().anyMatch(resource -> resource.startsWith(NVIDIA));
        return cuda ? List.of("--device", "cuda") : List.of();
    }

    /** Without what is counted by device, of which the container that fetches the files would hold one as well. */
    ResourceRequirements withoutDevices() {
        ResourceRequirementsBuilder plain = new ResourceRequirementsBuilder(resources);
        resources.getLimits().keySet().stream().filter(ModelHardware::isDevice).forEach(plain::removeFromLimits);
        resources.getRequests().keySet().stream()
                .filter(ModelHardware::isDevice)
                .forEach(plain::removeFromRequests);
        return plain.build();
    }

    private static boolean isDevice(String resource) {
        return resource.indexOf('/') >= 0;
    }
}
