package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How much of what a pod asks for is free at the node that has most of it. That takes the right to read all nodes and pods;
 * without it, the scheduler's own words have to do.
 */
final class FreeRoom {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

    private final KubernetesClient client;

    FreeRoom(KubernetesClient client) {
        this.client = requireNonNull(client, "client is null");
    }

    /** Empty if it cannot be told. */
    String sentence(Pod wanted) {
        try {
            List<Node> nodes = client.nodes().list().getItems();
            List<Pod> pods = client.pods()
                    .inAnyNamespace()
                    .withoutField("spec.nodeName", "")
                    .list()
                    .getItems();
            return sentence(PodFactory.asked(wanted), nodes, pods);
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    /** @param asked amounts by the cluster's names of resources */
    static String sentence(Map<String, String> asked, List<Node> nodes, List<Pod> pods) {
        List<String> parts = new ArrayList<>();
        asked.forEach((resource, amount) -> parts.add("%s of %s (asked for: %s)"
                .formatted(
                        shown(resource, mostFree(resource, nodes, pods)),
                        Unschedulable.name(resource),
                        shown(resource, bytesOrCount(new Quantity(amount))))));
        return parts.isEmpty() ? "" : "The most that one node has free: " + String.join(", ", parts) + ".";
    }

    private static BigDecimal mostFree(String resource, List<Node> nodes, List<Pod> pods) {
        Map<String, BigDecimal> used = new HashMap<>();
        pods.stream()
                .filter(pod -> !ENDED.contains(pod.getStatus().getPhase()))
                .forEach(pod -> used.merge(
                        Objects.toString(pod.getSpec().getNodeName(), ""), requested(resource, pod), BigDecimal::add));
        return nodes.stream()
                .map(node -> amount(node.getStatus().getAllocatable(), resource)
                        .subtract(used.getOrDefault(node.getMetadata().getName(), BigDecimal.ZERO)))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static BigDecimal requested(String resource, Pod pod) {
        BigDecimal together = sum(resource, pod.getSpec().getContainers());
        return pod.getSpec().getInitContainers().stream()
                .map(container -> amount(ServerResources.requests(container), resource))
                .reduce(together, BigDecimal::max);
    }

    private static BigDecimal sum(String resource, List<Container> containers) {
        return containers.stream()
                .map(container -> amount(ServerResources.requests(container), resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(Map<String, Quantity> amounts, String resource) {
        Quantity quantity = amounts.get(resource);
        return quantity == null ? BigDecimal.ZERO : bytesOrCount(quantity);
    }

    private static BigDecimal bytesOrCount(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }

    private static String shown(String resource, BigDecimal amount) {
        return resource.equals("memory") || resource.equals("ephemeral-storage")
                ? amount.divide(GIBIBYTE, 1, RoundingMode.DOWN) + " GiB"
                : amount.setScale(1, RoundingMode.DOWN).stripTrailingZeros().toPlainString();
    }
}
