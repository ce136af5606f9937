package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnRequest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a warm server somebody's: its home first, then what its launcher waits for, and the pod last. Until then another
 * replica finds it as it was and does all of it again. A change of the pod is also what makes its node look at the Secret at
 * once, and not within the minute.
 */
final class WarmClaims {

    private static final String CLAIMED = "benchtop.io/claimed";

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final KubernetesHomes homes;
    private final Optional<WarmPodFactory> factory;
    private final ServerTokens tokens;
    private final Failpoint failpoint;
    private final InstantSource clock;

    WarmClaims(
            KubernetesCluster cluster,
            KubernetesHomes homes,
            Optional<WarmPodFactory> factory,
            ServerTokens tokens,
            Failpoint failpoint) {
        this.client = cluster.client();
        this.gate = cluster.gate();
        this.settings = cluster.settings();
        this.clock = cluster.clock();
        this.homes = requireNonNull(homes, "homes is null");
        this.factory = requireNonNull(factory, "factory is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.failpoint = requireNonNull(failpoint, "failpoint is null");
    }

    /** The pod as it is then; empty if it cannot be had, because it is made of something else or was discarded. */
    Optional<Pod> claim(Pod warm, SpawnRequest request) {
        String label = Labels.warm(warm).orElseThrow();
        String kind = factory.map(made -> made.kind(request.spec())).orElse("");
        if (!label.equals(kind) || homes.isBeingRemoved(request.id())) {
            return Optional.empty();
        }
        homes.prepare(request);
        failpoint.reach("warm-home-claimed");
        if (!writeClaim(request)) {
            return Optional.empty();
        }
        failpoint.reach("warm-claim-written");
        return WarmLabel.claim(
                gate,
                client.pods()
                        .inNamespace(settings.namespace())
                        .withName(warm.getMetadata().getName()),
                label,
                Labels.ofPerson(request),
                Map.of(CLAIMED, clock.instant().toString()));
    }

    private boolean writeClaim(SpawnRequest request) {
        Secret claim =
                SecretFactory.claimOf(request, tokens.issue(request.owner(), request.id(), request.generation()));
        return gate.attempt(
                        () -> client.secrets()
                                .inNamespace(settings.namespace())
                                .withName(ObjectNames.server(request))
                                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), claim),
                        ClusterGate.IS_GONE)
                .isPresent();
    }
}
