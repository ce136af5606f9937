package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What a namespace holds of servers, as the cluster itself tells it, and what tests do to them behind the service's back. */
public final class TestingServers {

    /**
     * One pod.
     *
     * @param target what the proxy is to be told; null before it has an address
     */
    public record Server(String workspace, long generation, String uid, int restarts, String target) {}

    private final KubernetesClient client;
    private final String namespace;

    TestingServers(KubernetesClient client, String namespace) {
        this.client = requireNonNull(client, "client is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /** All, those too that are about to go. */
    public List<Server> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(TestingServers::server)
                .toList();
    }

    private static Server server(Pod pod) {
        return new Server(
                workspace(pod),
                Labels.generation(pod),
                pod.getMetadata().getUid(),
                pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum(),
                Objects.toString(Pods.alive(pod, "").target(), null));
    }

    private static String workspace(HasMetadata object) {
        return String.valueOf(object.getMetadata().getLabels().get(Labels.WORKSPACE));
    }

    /** The workspaces of all Secrets, one for each. */
    public List<String> secrets() {
        return client.secrets().inNamespace(namespace).list().getItems().stream()
                .map(TestingServers::workspace)
                .toList();
    }

    /** The workspaces of all homes, one for each. */
    public List<String> homes() {
        return client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
                .map(TestingServers::workspace)
                .toList();
    }

    /** The workspaces whose last ending is kept, one for each. */
    public List<String> endings() {
        return client.configMaps().inNamespace(namespace).withLabel(Labels.WORKSPACE).list().getItems().stream()
                .map(TestingServers::workspace)
                .toList();
    }

    /** Takes the pod of a workspace away, as an administrator might, and waits until it is gone. */
    public void delete(String workspace) {
        var pods = client.pods().inNamespace(namespace).withLabels(Map.of(Labels.WORKSPACE, workspace));
        // The kubelet of the test cluster does not survive a grace period of 0.
        pods.withGracePeriod(1).delete();
        pods.informOnCondition(List::isEmpty).orTimeout(180, TimeUnit.SECONDS).join();
    }

    /** Takes the home of a workspace away that nobody knows any more. */
    public void deleteHome(String workspace) {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabels(Map.of(Labels.WORKSPACE, workspace))
                .delete();
    }
}
