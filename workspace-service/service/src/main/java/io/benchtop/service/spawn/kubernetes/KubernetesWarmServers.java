package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Warm servers as pods. The home is made first and removed last, so that whatever a replica left half done is found by its
 * label: a home without its pod is remains, and is discarded. No home is removed that ever was somebody's, since claiming it
 * takes the label away.
 */
final class KubernetesWarmServers implements WarmServers {

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final InstantSource clock;
    private final ServerPods pods;
    private final WarmPodFactory factory;

    KubernetesWarmServers(KubernetesCluster cluster, ServerPods pods, WarmPodFactory factory) {
        this.client = cluster.client();
        this.gate = cluster.gate();
        this.settings = cluster.settings();
        this.clock = cluster.clock();
        this.pods = requireNonNull(pods, "pods is null");
        this.factory = requireNonNull(factory, "factory is null");
    }

    @Override
    public Optional<String> kind(ServerSpec spec) {
        return Optional.of(factory.kind(spec));
    }

    @Override
    public List<WarmServer> list() {
        Map<WorkspaceId, WarmServer> found = new LinkedHashMap<>();
        for (PersistentVolumeClaim home : warmHomes()) {
            Labels.workspace(home).ifPresent(id -> found.put(id, new WarmServer(id, kind(home), State.ENDED)));
        }
        for (Pod pod : pods.askWarm()) {
            Labels.workspace(pod).ifPresent(id -> found.put(id, server(id, pod)));
        }
        return List.copyOf(found.values());
    }

    private List<PersistentVolumeClaim> warmHomes() {
        List<PersistentVolumeClaim> homes = gate.ask(() -> client.persistentVolumeClaims()
                .inNamespace(settings.namespace())
                .withLabels(Labels.ours(settings.installation()))
                .withLabel(Labels.WARM)
                .list()
                .getItems());
        return homes.stream()
                .filter(home -> home.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    @Override
    public List<WarmServer> seen() {
        return pods.warmSeen().stream()
                .flatMap(pod -> Labels.workspace(pod).map(id -> server(id, pod)).stream())
                .toList();
    }

    private WarmServer server(WorkspaceId id, Pod pod) {
        return new WarmServer(id, kind(pod), state(pod, clock.instant()));
    }

    private static String kind(HasMetadata object) {
        return Labels.warm(object).orElse(Labels.DISCARDED);
    }

    /** One that is not warm after as long as an image may take will never be. */
    static State state(Pod pod, Instant now) {
        if (!Pods.isLive(pod) || kind(pod).equals(Labels.DISCARDED)) {
            return State.ENDED;
        }
        if (Pods.server(pod).map(ContainerStatus::getStarted).orElse(false)) {
            return State.READY;
        }
        Instant made = Instant.parse(pod.getMetadata().getCreationTimestamp());
        return now.isAfter(made.plus(StartDecision.LONGEST_PULL)) ? State.ENDED : State.STARTING;
    }

    @Override
    public void make(WorkspaceId id, ServerSpec spec) {
        String kind = factory.kind(spec);
        tolerant(() -> client.resource(factory.homeFor(id, kind)).create());
        tolerant(() -> client.resource(factory.secretFor(id, kind)).create());
        tolerant(() -> client.resource(factory.podFor(id, kind, spec)).create());
    }

    /** Once home and pod are marked, a start of this id waits until all is gone, and only then makes its own. */
    @Override
    public void discard(WorkspaceId id) {
        String name = ObjectNames.server(id, WarmPodFactory.GENERATION);
        Resource<Pod> pod = client.pods().inNamespace(settings.namespace()).withName(name);
        Resource<PersistentVolumeClaim> home = client.persistentVolumeClaims()
                .inNamespace(settings.namespace())
                .withName(ObjectNames.home(id));
        if (!isMarked(pod, id)) {
            return;
        }
        tolerant(pod::delete);
        if (!isMarked(home, id)) {
            return;
        }
        tolerant(() -> client.secrets()
                .inNamespace(settings.namespace())
                .withName(name)
                .delete());
        tolerant(home::delete);
    }

    /** Whether it is marked as discarded now, or is not there: then nobody takes it from here on. */
    private <T extends HasMetadata> boolean isMarked(Resource<T> object, WorkspaceId id) {
        T there = gate.ask(object::get);
        return there == null
                || (Labels.areOn(there, settings.installation(), id)
                        && Labels.warm(there)
                                .flatMap(seen -> WarmLabel.discard(gate, object, seen))
                                .isPresent());
    }

    private void tolerant(Supplier<?> question) {
        gate.attempt(question, ClusterGate.IS_DONE);
    }
}
