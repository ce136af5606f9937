package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnRequest;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** The Secret of a server: what it knows its proxy by, and the token by which the service knows it. */
final class SecretFactory {

    static final String IDENTITY_KEY = "identity.key";
    static final String TOKEN = "token";

    private final KubernetesSettings settings;
    private final IdentityKeys keys;

    SecretFactory(KubernetesSettings settings, IdentityKeys keys) {
        this.settings = requireNonNull(settings, "settings is null");
        this.keys = requireNonNull(keys, "keys is null");
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
