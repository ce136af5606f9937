package io.benchtop.service.wiring;

import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserRepository;
import io.benchtop.service.identity.WorkspaceTokens;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnerHealth;
import io.benchtop.service.spawn.SpawnerReadiness;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What every spawner needs. */
@Factory
final class SpawnFactory {

    @Singleton
    ServerTokens serverTokens(WorkspaceTokens tokens, UserRepository users) {
        return (owner, id, generation) -> {
            Role role = users.find(owner).map(User::role).orElse(Role.VIEWER);
            return tokens.issue(owner, role, id.value(), generation);
        };
    }

    @Singleton
    SpawnerReadiness readiness(SpawnerHealth health, InstantSource clock) {
        return new SpawnerReadiness(health, clock);
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
}
