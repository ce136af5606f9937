package io.benchtop.service.wiring;

import io.benchtop.service.endpoint.HardwareOffer;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.NoModelServers;
import io.benchtop.service.endpoint.ServingKeys;
import io.benchtop.service.endpoint.kubernetes.KubernetesModelServers;
import io.benchtop.service.endpoint.local.LocalModelServers;
import io.benchtop.service.endpoint.local.ModelServerProgram;
import io.benchtop.service.endpoint.local.VersionFolders;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** What models are served by. */
@Factory
final class ModelServerFactory {

    private static final int HEAP_MEGABYTES = 192;

    /** Where no cluster serves models. */
    @Singleton
    @Requires(missingBeans = HardwareOffer.class)
    HardwareOffer hardwareOffer() {
        return HardwareOffer.ONLY_USUAL;
    }

    @Singleton
    @Requires(missingBeans = KubernetesModelServers.class)
    ModelServers modelServers(
            ServiceConfig config,
            ModelConfig models,
            SpawnerChoice spawner,
            VersionFolders versions,
            ServingKeys keys,
            InstantSource clock) {
        if (!spawner.isLocal()) {
            return new NoModelServers(
                    "Models are not served on this cluster: an administrator has to set images.modelServer of the"
                            + " chart (BENCHTOP_KUBERNETES_MODEL_SERVER_IMAGE).");
        }
        Path root = config.getData().toAbsolutePath().normalize().resolve("model-servers");
        return program(models)
                .<ModelServers>map(found -> new LocalModelServers(root, found, versions, keys, clock))
                .orElseGet(() -> new NoModelServers("Benchtop was started without its model-server. Start it with"
                        + " `benchtop up`, or name its jar in BENCHTOP_MODEL_SERVER."));
    }

    /** The same Java as the service's own. */
    private static Optional<ModelServerProgram> program(ModelConfig config) {
        return config.getServer()
                .map(jar -> new ModelServerProgram(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        jar + File.pathSeparator + jar.resolveSibling("lib") + "/*",
                        ModelServerProgram.MAIN_CLASS,
                        HEAP_MEGABYTES));
    }
}
