package io.benchtop.service.spawn.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.kubernetes.HomeStore.Claims;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a warm server is made of: what the first start of its workspace would be made of, named the same, but without all that
 * is the person's. It has started when its interpreter waits, and is ready when it was claimed and answers; where it answers
 * must not depend on whose it is. Homes are claims: of a folder of an export nobody knows the name yet.
 */
final class WarmPodFactory {

    /** Of the start that may claim it. */
    static final long GENERATION = 1;

    static final String READY_PATH = "/benchtop/ready";
    private static final String IS_WARM = "test -e " + ServerVolumes.RUN_PATH + "/warm";
    private static final WorkspaceId ANY = new WorkspaceId("ws_aaaaaaaaaaaa");
    private static final int KIND_LENGTH = 16;

    private final KubernetesSettings settings;
    private final Claims claims;
    private final PodFactory pods;
    private final SecretFactory secrets;
    private final HomeClaimFactory homes;

    /** Empty where homes are no claims. */
    static Optional<WarmPodFactory> of(KubernetesSettings settings, IdentityKeys keys) {
        return settings.homes() instanceof Claims claims
                ? Optional.of(new WarmPodFactory(settings, claims, keys))
                : Optional.empty();
    }

    private WarmPodFactory(KubernetesSettings settings, Claims claims, IdentityKeys keys) {
        this.settings = requireNonNull(settings, "settings is null");
        this.claims = requireNonNull(claims, "claims is null");
        this.pods = new PodFactory(settings);
        this.secrets = new SecretFactory(settings, keys);
        this.homes = new HomeClaimFactory(settings);
    }

    /** A fingerprint of all that is made for it; it changes with the profile, the settings, and with this program. */
    String kind(ServerSpec spec) {
        List<HasMetadata> all = List.of(podFor(ANY, "", spec), secretFor(ANY, ""), homeFor(ANY, ""));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Serialization.asJson(all).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, KIND_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    PersistentVolumeClaim homeFor(WorkspaceId id, String kind) {
        return homes.warmClaimFor(id, kind, claims);
    }

    Secret secretFor(WorkspaceId id, String kind) {
        return secrets.warmSecretFor(id, kind);
    }

    Pod podFor(WorkspaceId id, String kind, ServerSpec spec) {
        String name = ObjectNames.server(id, GENERATION);
        Container server = pods.server(spec)
                .withEnv(ServerEnvironment.ofWarm(settings, id, spec))
                .withStartupProbe(PodFactory.startup(new ProbeBuilder()
                                .withNewExec()
                                .withCommand("/bin/sh", "-c", IS_WARM)
                                .endExec())
                        .build())
                // A person waits for the first answer; those after it cost next to nothing.
                .withReadinessProbe(PodFactory.readiness(PodFactory.get(READY_PATH))
                        .withPeriodSeconds(1)
                        .build())
                .withVolumeMounts(ServerVolumes.mounts((String) null, spec))
                .build();
        return pods.pod(
                name,
                Labels.ofWarmServer(settings.installation(), id, kind),
                spec,
                server,
                ServerVolumes.of(ObjectNames.home(id), name, spec));
    }
}
