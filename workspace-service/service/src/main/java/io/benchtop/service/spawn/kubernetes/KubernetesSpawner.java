package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Absent;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.SpawnerHealth;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartWatch;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs each server as a pod, {@code ws-<workspace>-g<generation>}, with a Secret of the same name.
 *
 * <pre>
 *   service ── pod, Secret, claim ──► API server ──► kubelet ──► JupyterLab
 *      ▲                                  │
 *      └── watch: pods by label, events ◄─┘
 * </pre>
 *
 * Names follow from the request, so a start that is repeated, here or in another replica, finds what the first one made;
 * labels tell what is ours, so everything can be found again with an empty memory. What is seen in the cache is told at
 * once; that a server is gone is told only after the cluster itself was asked. A pod that has ended is buried: how it ended
 * and its log go into a ConfigMap, then the pod goes.
 */
public final class KubernetesSpawner implements Spawner, SpawnerHealth, AutoCloseable {

    private final KubernetesCluster cluster;
    private final IdentityKeys keys;
    private final WakeUps wakeUps = new WakeUps();
    private final ServerPods pods;
    private final StartEvents events;
    private final ServerLog log;
    private final EndingRecords endings;
    private final PodEnder ender;
    private final ServerObjects objects;
    private final TokenRenewal renewal;
    private final MemoryUse memoryUse;
    private final KubernetesStart.Parts startParts;
    private final Watchdog watchdog;
    private final WarmServers warmServers;

    public KubernetesSpawner(
            KubernetesCluster cluster,
            KubernetesHomes homes,
            IdentityKeys keys,
            ServerTokens tokens,
            Failpoint failpoint) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.keys = requireNonNull(keys, "keys is null");
        KubernetesClient client = cluster.client();
        ClusterGate gate = cluster.gate();
        KubernetesSettings settings = cluster.settings();
        this.pods = new ServerPods(client, gate, settings, wakeUps);
        this.events = new StartEvents(client, gate, settings.namespace(), wakeUps);
        this.log = new ServerLog(client, gate);
        this.endings = new EndingRecords(client, gate, settings);
        this.ender = new PodEnder(client, gate, settings, pods, log, endings, wakeUps);
        Optional<WarmPodFactory> warmFactory = WarmPodFactory.of(settings, keys);
        WarmClaims claims = new WarmClaims(cluster, homes, warmFactory, tokens, failpoint);
        this.objects = new ServerObjects(client, gate, settings, pods, ender, homes, claims, keys, tokens, failpoint);
        this.warmServers = warmFactory
                .map(factory -> (WarmServers) new KubernetesWarmServers(cluster, pods, factory))
                .orElse(WarmServers.NONE);
        this.renewal = new TokenRenewal(client, gate, settings, tokens, cluster.clock());
        this.memoryUse = new MemoryUse(client, gate, settings);
        this.startParts = new KubernetesStart.Parts(
                gate, settings, pods, events, objects, ender, log, new FreeRoom(client), wakeUps, keys);
        this.watchdog = new Watchdog(gate, pods, events, this::bury, cluster.clock());
        watchdog.begin();
    }

    /** Seen by the same watch. */
    public WarmServers warmServers() {
        return warmServers;
    }

    @Override
    public StartOutcome start(SpawnRequest request, StartWatch watch) {
        StartOutcome outcome = new KubernetesStart(startParts, request, watch).run();
        if (outcome instanceof StartOutcome.Started) {
            renewal.given(request.id(), request.generation());
        }
        return outcome;
    }

    @Override
    public void stop(WorkspaceId id) {
        List<Pod> running = pods.ask(id);
        running.forEach(ender::stop);
        objects.removeSecrets(id);
        renewal.forget(id);
    }

    @Override
    public ServerStatus poll(WorkspaceId id) {
        Optional<Pod> seen = Pods.newestLive(pods.of(id));
        if (seen.isPresent()) {
            return alive(seen.get(), id);
        }
        List<Pod> asked = pods.ask(id);
        Optional<Pod> live = Pods.newestLive(asked);
        if (live.isPresent()) {
            return alive(live.get(), id);
        }
        Pods.newest(asked).filter(pod -> !Labels.isWarm(pod)).ifPresent(this::bury);
        return endings.find(id).map(ServerStatus.class::cast).orElseGet(Absent::new);
    }

    private Alive alive(Pod pod, WorkspaceId id) {
        return Pods.alive(pod, keys.of(id, Labels.generation(pod)));
    }

    private void bury(Pod pod) {
        PodEnding.of(pod).ifPresent(ending -> ender.bury(pod, ending));
    }

    @Override
    public Map<WorkspaceId, Alive> list() {
        Map<WorkspaceId, Alive> servers = new HashMap<>();
        for (Pod pod : pods.all()) {
            if (Pods.isLive(pod) && !Labels.isWarm(pod)) {
                Labels.workspace(pod)
                        .ifPresent(id -> servers.merge(
                                id,
                                alive(pod, id),
                                (one, other) -> one.generation() > other.generation() ? one : other));
            }
        }
        return servers;
    }

    @Override
    public List<String> logTail(WorkspaceId id, int lines) {
        List<String> all =
                Pods.newestLive(pods.of(id)).map(pod -> log.tail(pod, lines)).orElseGet(() -> endings.log(id));
        return ServerLog.last(all, lines);
    }

    @Override
    public OptionalLong memoryBytes(WorkspaceId id) {
        return memoryUse.of(id);
    }

    @Override
    public void renewToken(WorkspaceId id, long generation, UserName owner) {
        renewal.renew(id, generation, owner);
    }

    @Override
    public void forget(WorkspaceId id) {
        pods.ask(id).forEach(ender::end);
        objects.removeSecrets(id);
        endings.forget(id);
        renewal.forget(id);
    }

    @Override
    public Health health() {
        ClusterGate gate = cluster.gate();
        boolean watching = pods.watched().isWatching() && events.watched().isWatching();
        String detail = gate.sentence();
        return new Health(
                gate.isAnswering(),
                watching,
                watchdog.compared(),
                detail.isEmpty() && !watching ? "The cluster's changes are not watched at the moment." : detail);
    }

    @Override
    public void close() {
        watchdog.close();
        events.close();
        pods.close();
    }
}
