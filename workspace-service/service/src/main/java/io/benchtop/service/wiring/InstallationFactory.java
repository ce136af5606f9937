package io.benchtop.service.wiring;

import io.benchtop.service.Application;
import io.benchtop.service.http.api.Installation;
import io.benchtop.service.profile.ProfileOffers;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What this installation says about itself. */
@Factory
final class InstallationFactory {

    private static final String NO_ISOLATION =
            "All servers run under the account that started Benchtop: their users can reach one another's files and"
                    + " processes. Use local mode alone or among people who trust each other.";

    @Singleton
    Installation installation(ServiceConfig config, SpawnerChoice spawner, ProfileOffers profiles) {
        List<String> warnings = new ArrayList<>(spawner.isLocal() ? List.of(NO_ISOLATION) : List.of());
        warnings.addAll(profiles.warnings());
        String host = String.valueOf(config.getPublicUrl().getHost());
        if (!Set.of("127.0.0.1", "localhost", "[::1]").contains(host)
                && "http".equals(config.getPublicUrl().getScheme())) {
            warnings.add("Passwords and cookies travel in the clear: put TLS before " + config.getPublicUrl() + ".");
        }
        String version = Application.class.getPackage().getImplementationVersion();
        return new Installation(
                version == null ? "development" : version,
                spawner.toString(),
                config.isPostgresql() ? "postgresql" : "h2",
                warnings);
    }
}
