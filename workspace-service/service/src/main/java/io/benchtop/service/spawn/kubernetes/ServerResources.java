package io.benchtop.service.spawn.kubernetes;

import io.benchtop.api.profile.Resources;
import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.service.profile.Gpu;
import io.benchtop.service.profile.ServerSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server's container gets. Requests equal limits: what a profile promises is set aside. A pod cannot limit how many
 * processes it has, so that part of a profile has no effect here.
 */
final class ServerResources {

    private static final String MEMORY = "memory";

    private ServerResources() {}

    static ResourceRequirements of(ServerSpec spec) {
        Map<String, Quantity> amounts = amounts(spec.resources());
        Gpu gpu = spec.gpu();
        if (gpu != null) {
            amounts.put(gpu.resource(), new Quantity(Integer.toString(gpu.count())));
        }
        return equal(amounts);
    }

    /** Without accelerators: an init container that asks for one would hold it for nothing. */
    static ResourceRequirements without(ServerSpec spec) {
        return equal(amounts(spec.resources()));
    }

    private static Map<String, Quantity> amounts(Resources resources) {
        Map<String, Quantity> amounts = new TreeMap<>();
        Double cpus = resources.cpus();
        if (cpus != null) {
            amounts.put("cpu", new Quantity(Math.max(1, Math.round(cpus * 1000)) + "m"));
        }
        Long memory = resources.memoryBytes();
        if (memory != null) {
            amounts.put(MEMORY, new Quantity(Long.toString(memory)));
        }
        return amounts;
    }

    private static ResourceRequirements equal(Map<String, Quantity> amounts) {
        return new ResourceRequirementsBuilder()
                .withRequests(amounts)
                .withLimits(amounts)
                .build();
    }

    static Map<String, Quantity> requests(Container container) {
        ResourceRequirements resources = container.getResources();
        return resources == null || resources.getRequests() == null ? Map.of() : resources.getRequests();
    }

    static AppliedLimits limits(Pod pod) {
        boolean memory = pod.getSpec().getContainers().stream()
                .anyMatch(container -> requests(container).containsKey(MEMORY));
        return new AppliedLimits(memory ? "cgroup" : "none", "none");
    }
}
