package io.benchtop.service.wiring;

import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.SpawnerHealth;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.local.LocalHomes;
import io.benchtop.service.spawn.local.LocalProcessSpawner;
import io.benchtop.service.spawn.local.LocalSpawnSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Servers as processes of this machine. */
@Factory
@Requires(property = SpawnerChoice.PROPERTY, value = SpawnerChoice.LOCAL, defaultValue = SpawnerChoice.LOCAL)
final class LocalSpawnFactory {

    @Singleton
    LocalHomes homes(ServiceConfig config) {
        return new LocalHomes(data(config));
    }

    @Singleton
    @Bean(preDestroy = "close", typed = Spawner.class)
    LocalProcessSpawner spawner(
            ServiceConfig service,
            WorkspaceConfig config,
            LocalHomes homes,
            ServerTokens tokens,
            Failpoint failpoint,
            InstantSource clock) {
        LocalSpawnSettings settings =
                new LocalSpawnSettings(data(service), service.getPublicUrl(), config.getStartTimeout(), shell());
        return new LocalProcessSpawner(settings, homes, tokens, failpoint, clock);
    }

    /** A home and a port belong to somebody from the start. */
    @Singleton
    WarmServers warmServers() {
        return WarmServers.NONE;
    }

    /** It looks at the machine's processes each time. */
    @Singleton
    SpawnerHealth health(InstantSource clock) {
        return () -> SpawnerHealth.Health.good(clock.instant());
    }

    /** The shim and the processes' command lines name folders by their absolute path. */
    private static Path data(ServiceConfig config) {
        return config.getData().toAbsolutePath().normalize();
    }

    private static String shell() {
        String shell = System.getenv("SHELL");
        return shell != null && shell.startsWith("/") && Files.isExecutable(Path.of(shell)) ? shell : "/bin/sh";
    }
}
