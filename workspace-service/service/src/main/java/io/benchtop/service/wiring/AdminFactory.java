package io.benchtop.service.wiring;

import io.benchtop.service.http.AdminListener;
import io.benchtop.service.spawn.SpawnerReadiness;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Health and metrics. */
@Factory
final class AdminFactory {

    /** Every feature registers its metrics here; one registry per application, so that tests do not share counts. */
    @Singleton
    CollectorRegistry registry() {
        CollectorRegistry registry = new CollectorRegistry();
        DefaultExports.register(registry);
        return registry;
    }

    @Context
    @Bean(preDestroy = "close")
    AdminListener adminListener(
            ServiceConfig config, CollectorRegistry registry, Listening listening, Jdbi jdbi, SpawnerReadiness spawner)
            throws IOException {
        return new AdminListener(config.getServiceAdminListen(), registry, () -> trouble(listening, jdbi, spawner));
    }

    private static Optional<String> trouble(Listening listening, Jdbi jdbi, SpawnerReadiness spawner) {
        if (!listening.hasBegun()) {
            return Optional.of("it does not listen yet");
        }
        if (!answers(jdbi)) {
            return Optional.of("the database cannot be reached");
        }
        return spawner.isReady()
                ? Optional.empty()
                : Optional.of("what is known of servers is out of date; GET /api/v1/status says more");
    }

    private static boolean answers(Jdbi jdbi) {
        try {
            return jdbi.withHandle(
                    handle -> handle.createQuery("select 1").mapTo(int.class).one() == 1);
        } catch (RuntimeException e) {
            return false;
        }
    }
}
