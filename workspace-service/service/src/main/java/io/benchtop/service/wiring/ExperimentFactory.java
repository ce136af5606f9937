package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.experiment.Artifacts;
import io.benchtop.service.experiment.Experiments;
import io.benchtop.service.experiment.LoggedModels;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.experiment.jdbc.JdbiExperimentRepository;
import io.benchtop.service.experiment.jdbc.JdbiLoggedModelRepository;
import io.benchtop.service.experiment.jdbc.JdbiRunRepository;
import io.benchtop.service.experiment.local.FolderArtifactStore;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Experiments and their runs. */
@Factory
final class ExperimentFactory {

    @Singleton
    Experiments experiments(Jdbi jdbi, Transactions transactions, AuditTrail audit, InstantSource clock) {
        return new Experiments(
                new JdbiExperimentRepository(jdbi), new JdbiRunRepository(jdbi), transactions, audit, clock);
    }

    /** Beside the data of one machine; several replicas need a place that they share, which an administrator names. */
    @Singleton
    Artifacts artifacts(Experiments experiments, ServiceConfig config, SpawnerChoice spawner) {
        Optional<Path> folder = config.getArtifactFolder()
                .or(() -> spawner.isLocal() ? Optional.of(config.getData().resolve("artifacts")) : Optional.empty());
        return new Artifacts(experiments, folder.map(FolderArtifactStore::new));
    }

    @Singleton
    LoggedModels loggedModels(Jdbi jdbi, Experiments experiments, InstantSource clock) {
        return new LoggedModels(new JdbiLoggedModelRepository(jdbi), experiments, clock);
    }

    @Singleton
    Runs runs(
            Jdbi jdbi,
            Experiments experiments,
            LoggedModels models,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Runs(new JdbiRunRepository(jdbi), experiments, models, transactions, audit, clock);
    }
}
