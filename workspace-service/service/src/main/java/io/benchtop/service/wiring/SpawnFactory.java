package io.benchtop.service.wiring;

import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserRepository;
import io.benchtop.service.identity.WorkspaceTokens;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.local.LocalHomes;
import io.benchtop.service.spawn.local.LocalProcessSpawner;
import io.benchtop.service.spawn.local.LocalSpawnSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The local spawner. */
@Factory
final class SpawnFactory {

    @Singleton
    LocalHomes homes(ServiceConfig config) {
        return new LocalHomes(data(config));
    }

    @Singleton
    ServerTokens serverTokens(WorkspaceTokens tokens, UserRepository users) {
        return (owner, id, generation) -> {
            Role role = users.find(owner).map(User::role).orElse(Role.VIEWER);
            return tokens.issue(owner, role, id.value(), generation);
        };
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

    /** Crash tests name a step at which the service ends as if it were killed; nobody else does. */
    @Singleton
    Failpoint failpoint(@Value("${benchtop.failpoint:}") String deadly) {
        return deadly.isEmpty()
                ? Failpoint.NONE
                : step -> {
                    if (step.equals(deadly)) {
                        Runtime.getRuntime().halt(137);
                    }
                };
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
