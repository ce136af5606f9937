package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes what a server is made of, in the order home, Secret, pod. Whatever is there already and is ours was made by a start
 * that did not get to its end, here or in another replica, and is taken over; whatever is not ours is left alone.
 */
final class ServerObjects {

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final ServerPods pods;
    private final PodEnder ender;
    private final KubernetesHomes homes;
    private final WarmClaims claims;
    private final PodFactory podFactory;
    private final SecretFactory secretFactory;
    private final ServerTokens tokens;
    private final Failpoint failpoint;

    ServerObjects(
            KubernetesClient client,
            ClusterGate gate,
            KubernetesSettings settings,
            ServerPods pods,
            PodEnder ender,
            KubernetesHomes homes,
            WarmClaims claims,
            IdentityKeys keys,
            ServerTokens tokens,
            Failpoint failpoint) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.pods = requireNonNull(pods, "pods is null");
        this.ender = requireNonNull(ender, "ender is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.claims = requireNonNull(claims, "claims is null");
        this.podFactory = new PodFactory(settings);
        this.secretFactory = new SecretFactory(settings, keys);
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.failpoint = requireNonNull(failpoint, "failpoint is null");
    }

    /** What was there or is there now. */
    Pod make(SpawnRequest request) {
        List<Pod> before = pods.of(request.id());
        Predicate<Pod> isOurs = pod -> Labels.generation(pod) == request.generation() && Pods.isLive(pod);
        before.stream().filter(isOurs.negate()).forEach(ender::end);
        Pod ours = before.stream().filter(isOurs).findFirst().orElse(null);
        return ours == null ? create(request) : taken(ours, request);
    }

    /** One that was nobody's becomes this workspace's; if it cannot, there is another one afterwards. */
    private Pod taken(Pod there, SpawnRequest request) {
        if (!Labels.isWarm(there)) {
            return there;
        }
        return claims.claim(there, request).orElseGet(() -> {
            ender.end(there);
            return create(request);
        });
    }

    private Pod create(SpawnRequest request) {
        homes.prepare(request);
        failpoint.reach("home-made");
        createSecret(request);
        failpoint.reach("secret-made");
        Pod wanted = podFactory.podFor(request);
        Pod made = created(wanted).orElseGet(() -> adopted(wanted, request));
        failpoint.reach("pod-made");
        return made;
    }

    private Pod adopted(Pod wanted, SpawnRequest request) {
        Pod there = gate.ask(() -> client.resource(wanted).get());
        if (there != null && !Labels.areOn(there, settings.installation(), request.id())) {
            throw new NotOurs("pod", there);
        }
        if (there == null || !Pods.isLive(there)) {
            if (there != null) {
                ender.end(there);
            }
            return gate.ask(() -> client.resource(wanted).create());
        }
        return taken(there, request);
    }

    /** Of every generation; we may not read which there are. */
    void removeSecrets(WorkspaceId id) {
        gate.ask(() -> client.secrets()
                .inNamespace(settings.namespace())
                .withLabels(Labels.of(settings.installation(), id))
                .delete());
    }

    /** We may not read Secrets, so one that is there is replaced if, and only if, our labels are on it. */
    private void createSecret(SpawnRequest request) {
        Secret secret =
                secretFactory.secretFor(request, tokens.issue(request.owner(), request.id(), request.generation()));
        if (created(secret).isPresent()) {
            return;
        }
        gate.ask(() -> client.secrets()
                .inNamespace(settings.namespace())
                .withLabels(Labels.of(settings.installation(), request.id()))
                .withField("metadata.name", secret.getMetadata().getName())
                .delete());
        if (created(secret).isEmpty()) {
            throw new NotOurs("Secret", secret);
        }
    }

    /** Empty if one of that name is there. */
    private <T extends HasMetadata> Optional<T> created(T wanted) {
        return gate.attempt(() -> client.resource(wanted).create(), ClusterGate.IS_THERE);
    }
}
