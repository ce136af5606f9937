package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives running servers fresh tokens in time. When a token was last written is only remembered, so that a restarted service
 * writes each anew once; a few at a time, and never on the thread that asks.
 */
final class TokenRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);

    /** A token lives for an hour, and a pod sees a new one a minute or two after it is written. */
    private static final Duration EVERY = Duration.ofMinutes(20);

    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int AT_A_TIME = 4;

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final ServerTokens tokens;
    private final InstantSource clock;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_A_TIME);

    TokenRenewal(
            KubernetesClient client,
            ClusterGate gate,
            KubernetesSettings settings,
            ServerTokens tokens,
            InstantSource clock) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A server has just been given its first token. */
    void given(WorkspaceId id, long generation) {
        due.put(ObjectNames.server(id, generation), clock.instant().plus(EVERY));
    }

    void forget(WorkspaceId id) {
        String prefix = "ws-" + ObjectNames.characters(id) + "-g";
        due.keySet().removeIf(name -> name.startsWith(prefix));
    }

    void renew(WorkspaceId id, long generation, UserName owner) {
        String name = ObjectNames.server(id, generation);
        Instant now = clock.instant();
        if (now.isBefore(due.getOrDefault(name, Instant.MIN))) {
            return;
        }
        due.put(name, now.plus(EVERY));
        Thread.ofVirtual().name("token of " + id).start(() -> write(name, id, generation, owner));
    }

    private void write(String name, WorkspaceId id, long generation, UserName owner) {
        places.acquireUninterruptibly();
        try {
            Secret change = new SecretBuilder()
                    .withNewMetadata()
                    .endMetadata()
                    .addToStringData(SecretFactory.TOKEN, tokens.issue(owner, id, generation))
                    .build();
            gate.ask(() -> client.secrets()
                    .inNamespace(settings.namespace())
                    .withName(name)
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), change));
        } catch (SpawnerAway | KubernetesClientException e) {
            due.put(name, clock.instant().plus(AGAIN_AFTER_FAILURE));
            LOG.atWarn()
                    .addKeyValue("workspace", id)
                    .addKeyValue("cause", e.getMessage())
                    .log("a token could not be renewed; will try again");
        } finally {
            places.release();
        }
    }
}
