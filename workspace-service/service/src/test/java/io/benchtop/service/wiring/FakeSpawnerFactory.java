package io.benchtop.service.wiring;

import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.SpawnerHealth;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** With the property {@code testing.fake-spawner}, servers are only pretended. */
@Factory
@Requires(property = "testing.fake-spawner")
final class FakeSpawnerFactory {

    @Singleton
    @Bean(typed = {Spawner.class, FakeSpawner.class})
    @Replaces(value = Spawner.class, factory = LocalSpawnFactory.class)
    FakeSpawner spawner(InstantSource clock) {
        return new FakeSpawner(clock);
    }

    @Singleton
    @Replaces(value = SpawnerHealth.class, factory = LocalSpawnFactory.class)
    SpawnerHealth health(FakeSpawner spawner) {
        return spawner;
    }
}
