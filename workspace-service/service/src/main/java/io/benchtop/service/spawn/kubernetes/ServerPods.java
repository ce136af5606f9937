package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Watched;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pods of our servers: seen in a cache that the cluster keeps up to date, or asked for where that does not do. */
final class ServerPods implements AutoCloseable {

    private static final String BY_WORKSPACE = "workspace";

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final WakeUps wakeUps;
    private final Watched<Pod> watched;

    ServerPods(KubernetesClient client, ClusterGate gate, KubernetesSettings settings, WakeUps wakeUps) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.wakeUps = requireNonNull(wakeUps, "wakeUps is null");
        this.watched = new Watched<>("pods", this::informer);
    }

    private SharedIndexInformer<Pod> informer() {
        return ours().runnableInformer(0)
                .addIndexers(Map.of(
                        BY_WORKSPACE,
                        pod -> Labels.workspace(pod).map(WorkspaceId::value).stream()
                                .toList()))
                .addEventHandler(new Waking());
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> ours() {
        return client.pods().inNamespace(settings.namespace()).withLabels(Labels.ours(settings.installation()));
    }

    Watched<Pod> watched() {
        return watched;
    }

    /** Every pod as last seen; asked for as long as nothing was seen yet. */
    List<Pod> all() {
        return watched.isSynced() ? watched.current().getStore().list() : askAll();
    }

    /** Those that nobody has claimed, and that are not being deleted. */
    List<Pod> askWarm() {
        return warm(gate.ask(() -> ours().withLabel(Labels.WARM).list().getItems()));
    }

    /** The same as last seen; none as long as nothing was seen yet. */
    List<Pod> warmSeen() {
        return warm(watched.current().getStore().list());
    }

    private static List<Pod> warm(List<Pod> some) {
        return some.stream()
                .filter(Labels::isWarm)
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    List<Pod> askAll() {
        return gate.ask(() -> ours().list().getItems());
    }

    /** A workspace's pods as last seen; asked for as long as nothing was seen yet. */
    List<Pod> of(WorkspaceId id) {
        return watched.isSynced() ? watched.current().getIndexer().byIndex(BY_WORKSPACE, id.value()) : ask(id);
    }

    List<Pod> ask(WorkspaceId id) {
        return gate.ask(
                () -> ours().withLabel(Labels.WORKSPACE, id.value()).list().getItems());
    }

    /** As last seen; null if it was not. */
    @Nullable
    Pod seen(Pod pod) {
        Pod found = watched.current()
                .getStore()
                .getByKey(settings.namespace() + "/" + pod.getMetadata().getName());
        return found != null && uid(found).equals(uid(pod)) ? found : null;
    }

    /** Null if it is gone. */
    @Nullable
    Pod ask(Pod pod) {
        String name = pod.getMetadata().getName();
        Pod found = gate.ask(() ->
                client.pods().inNamespace(settings.namespace()).withName(name).get());
        return found != null && uid(found).equals(uid(pod)) ? found : null;
    }

    static String uid(Pod pod) {
        return Objects.toString(pod.getMetadata().getUid(), "");
    }

    /** The version of each pod of the cache, for finding out whether the cache stands still. */
    Map<String, String> versions() {
        return versions(watched.current().getStore().list());
    }

    static Map<String, String> versions(List<Pod> pods) {
        return pods.stream()
                .collect(Collectors.toMap(
                        ServerPods::uid,
                        pod -> Objects.toString(pod.getMetadata().getResourceVersion(), ""),
                        (_, later) -> later,
                        HashMap::new));
    }

    @Override
    public void close() {
        watched.close();
    }

    private final class Waking implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            wake(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            wake(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            wake(pod);
        }

        private void wake(Pod pod) {
            Labels.workspace(pod).ifPresent(wakeUps::wake);
        }
    }
}
