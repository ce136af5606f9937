package io.benchtop.service.wiring;

import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.ServingKeys;
import io.benchtop.service.endpoint.kubernetes.KubernetesModelServers;
import io.benchtop.service.endpoint.kubernetes.ServingSettings;
import io.benchtop.service.identity.jwt.SigningKey;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.ModelGate;
import io.benchtop.service.model.kubernetes.ConfiguredHardware;
import io.benchtop.service.model.kubernetes.ModelHardware;
import io.benchtop.service.model.kubernetes.ModelPodSettings;
import io.benchtop.service.model.kubernetes.PodModelGate;
import io.benchtop.service.profile.ImageProbe;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.SpawnerHealth;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.kubernetes.HomeStore;
import io.benchtop.service.spawn.kubernetes.IdentityKeys;
import io.benchtop.service.spawn.kubernetes.KubernetesCluster;
import io.benchtop.service.spawn.kubernetes.KubernetesHomes;
import io.benchtop.service.spawn.kubernetes.KubernetesImageProbe;
import io.benchtop.service.spawn.kubernetes.KubernetesSettings;
import io.benchtop.service.spawn.kubernetes.KubernetesSpawner;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Servers as pods of a Kubernetes cluster. */
@Factory
@Requires(property = SpawnerChoice.PROPERTY, value = SpawnerChoice.KUBERNETES)
final class KubernetesFactory {

    /** Fetching the image of the model-server counts. */
    private static final Duration CHECK_BEGINS_WITHIN = Duration.ofMinutes(5);

    @Singleton
    KubernetesSettings settings(KubernetesConfig config, ServiceConfig service, WorkspaceConfig workspaces) {
        return new KubernetesSettings(
                config.getNamespace(),
                config.getSystemNamespace(),
                config.getInstallation(),
                image("image", config.getImage()),
                image("tools-image", config.getToolsImage()),
                homes(config),
                config.getImagePullSecret().orElse(null),
                config.getServiceAccount().orElse(null),
                service.getPublicUrl(),
                config.getPlatformUrl().orElse(service.getPublicUrl()),
                workspaces.getStartTimeout());
    }

    private static HomeStore homes(KubernetesConfig config) {
        return switch (config.getHomes()) {
            case "claim" -> new HomeStore.Claims(config.getStorageClass().orElse(null), config.getHomeSize());
            case "nfs" ->
                new HomeStore.NfsExport(
                        given("nfs-server", config.getNfsServer()),
                        given("nfs-path", config.getNfsPath()),
                        config.getNfsClaim());
            default ->
                throw new IllegalArgumentException(
                        "benchtop.kubernetes.homes must be claim or nfs, not \"" + config.getHomes() + "\"");
        };
    }

    private static ImageReference image(String setting, Optional<String> value) {
        String text = given(setting, value);
        return ImageReference.find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "benchtop.kubernetes." + setting + " must be the name of an image, not \"" + text + "\""));
    }

    private static String given(String setting, Optional<String> value) {
        return value.orElseThrow(() -> new IllegalArgumentException("benchtop.kubernetes." + setting + " must be set"));
    }

    @Singleton
    @Bean(preDestroy = "close")
    KubernetesCluster cluster(KubernetesSettings settings, InstantSource clock) {
        return KubernetesCluster.connect(settings, clock);
    }

    @Singleton
    @Bean(typed = {KubernetesHomes.class, Homes.class})
    KubernetesHomes homes(KubernetesCluster cluster) {
        return new KubernetesHomes(cluster);
    }

    @Singleton
    ImageProbe imageProbe(KubernetesCluster cluster) {
        return new KubernetesImageProbe(cluster);
    }

    @Singleton
    @Bean(
            preDestroy = "close",
            typed = {KubernetesSpawner.class, Spawner.class, SpawnerHealth.class})
    KubernetesSpawner spawner(
            KubernetesCluster cluster,
            KubernetesHomes homes,
            SigningKey signingKey,
            ServerTokens tokens,
            Failpoint failpoint) {
        IdentityKeys keys = new IdentityKeys(signingKey.privateKey().getEncoded());
        return new KubernetesSpawner(cluster, homes, keys, tokens, failpoint);
    }

    /** What pods of models are told; there is none where no image of the model-server is set. */
    @Singleton
    @Requires(property = "benchtop.kubernetes.model-server-image")
    ModelPodSettings modelPods(KubernetesConfig config) {
        ModelHardware usual = ModelHardware.plain(
                HardwareOffer.USUAL,
                image("model-server-image", config.getModelServerImage()),
                config.getModelCpuRequest(),
                config.getModelMemoryRequest(),
                config.getModelMemoryLimit());
        return new ModelPodSettings(
                config.getModelNamespace(),
                config.getInstallation(),
                config.getServiceUrl()
                        .orElseThrow(() ->
                                new IllegalArgumentException("benchtop.kubernetes.service-url must be set, so that"
                                        + " pods of models can fetch their files")),
                config.getModelPullSecret().orElse(null),
                ConfiguredHardware.with(usual, config.getModelHardware()),
                config.getModelTriedOn());
    }

    @Singleton
    @Requires(bean = ModelPodSettings.class)
    HardwareOffer hardwareOffer(ModelPodSettings pods) {
        return new HardwareOffer(pods.hardwareNames());
    }

    @Singleton
    @Requires(bean = ModelPodSettings.class)
    @Bean(
            preDestroy = "close",
            typed = {PodModelGate.class, ModelGate.class})
    PodModelGate modelGate(ModelPodSettings pods, FetchTokens tokens, ModelConfig config) {
        return PodModelGate.connect(pods, tokens, ModelFactory.limits(config), CHECK_BEGINS_WITHIN);
    }

    @Singleton
    @Requires(bean = ModelPodSettings.class)
    @Bean(
            preDestroy = "close",
            typed = {KubernetesModelServers.class, ModelServers.class})
    KubernetesModelServers modelServers(
            ModelPodSettings pods, KubernetesConfig config, ServingKeys keys, FetchTokens tokens) {
        return KubernetesModelServers.connect(
                new ServingSettings(pods, config.getSystemNamespace(), config.getRelease()), keys, tokens);
    }

    @Singleton
    WarmServers warmServers(KubernetesSpawner spawner) {
        return spawner.warmServers();
    }
}
