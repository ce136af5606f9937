package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** The Secret of a server: what it knows its proxy by, and the token by which the service knows it. */
final class SecretFactory {

    static final String IDENTITY_KEY = "identity.key";
    static final String TOKEN = "token";

    /** Whose server it is, in one that was made before that was known. */
    static final String CLAIM = "claim.json";

    private final KubernetesSettings settings;
    private final IdentityKeys keys;

    SecretFactory(KubernetesSettings settings, IdentityKeys keys) {
        this.settings = requireNonNull(settings, "settings is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    /** Without a token: it is nobody's yet. */
    Secret warmSecretFor(WorkspaceId id, String kind) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(ObjectNames.server(id, WarmPodFactory.GENERATION))
                .withNamespace(settings.namespace())
                .withLabels(Labels.ofWarmServer(settings.installation(), id, kind))
                .endMetadata()
                .withType("Opaque")
                .addToStringData(IDENTITY_KEY, keys.of(id, WarmPodFactory.GENERATION))
                .build();
    }

    /** What a claim writes into a warm server's. */
    static Secret claimOf(SpawnRequest request, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withLabels(Labels.ofPerson(request))
                .endMetadata()
                .addToStringData(TOKEN, token)
                .addToStringData(CLAIM, Serialization.asJson(claim(request)))
                .build();
    }

    private static Map<String, String> claim(SpawnRequest request) {
        return Map.of("user", request.owner().value(), "slug", request.slug().value(), "baseUrl", request.path());
    }

    Secret secretFor(SpawnRequest request, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(ObjectNames.server(request))
                .withNamespace(settings.namespace())
                .withLabels(Labels.ofServer(settings.installation(), request))
                .endMetadata()
                .withType("Opaque")
                .addToStringData(IDENTITY_KEY, keys.of(request.id(), request.generation()))
                .addToStringData(TOKEN, token)
                .build();
    }
}
