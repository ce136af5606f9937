package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.connection.Sources;
import io.benchtop.service.dataset.DatasetFormat;
import io.benchtop.service.dataset.DatasetRepository;
import io.benchtop.service.dataset.DatasetStore;
import io.benchtop.service.dataset.Datasets;
import io.benchtop.service.dataset.Inspection;
import io.benchtop.service.dataset.NoDatasetStore;
import io.benchtop.service.dataset.Reads;
import io.benchtop.service.dataset.Refreshes;
import io.benchtop.service.dataset.Uploads;
import io.benchtop.service.dataset.jdbc.JdbiDatasetRepository;
import io.benchtop.service.dataset.local.FolderDatasetStore;
import io.benchtop.service.table.arrow.ArrowFormat;
import io.benchtop.service.table.arrow.ArrowStream;
import io.benchtop.service.table.csv.CsvFormat;
import io.benchtop.service.table.json.JsonLinesFormat;
import io.benchtop.service.table.parquet.ParquetFormat;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datasets: the catalogue, what is in them, and the ways in and out. */
@Factory
final class DatasetFactory {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetFactory.class);

    @Singleton
    DatasetRepository datasetRepository(Jdbi jdbi) {
        return new JdbiDatasetRepository(jdbi);
    }

    /**
     * Beside the data of one machine, whose notebooks read the folder themselves; several replicas need a place that they share, which
     * an administrator names, and which the notebooks of a cluster do not see.
     */
    @Singleton
    DatasetStore datasetStore(ServiceConfig config, SpawnerChoice spawner) {
        Optional<Path> folder = config.getDatasetFolder()
                .or(() -> spawner.isLocal() ? Optional.of(config.getData().resolve("datasets")) : Optional.empty());
        return folder.<DatasetStore>map(named -> new FolderDatasetStore(named, spawner.isLocal()))
                .orElseGet(NoDatasetStore::new);
    }

    @Singleton
    Inspection inspection(InstantSource clock) {
        return new Inspection(
                Map.of(
                        DatasetFormat.CSV, new CsvFormat(),
                        DatasetFormat.JSONL, new JsonLinesFormat(),
                        DatasetFormat.PARQUET, new ParquetFormat(),
                        DatasetFormat.ARROW, new ArrowFormat()),
                clock);
    }

    @Singleton
    Datasets datasets(
            DatasetRepository datasets,
            DatasetStore store,
            Sources sources,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Datasets(datasets, store, sources, transactions, audit, clock);
    }

    @Singleton
    Uploads uploads(
            DatasetRepository datasets,
            DatasetStore store,
            Inspection inspection,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Uploads(datasets, store, inspection, transactions, audit, clock);
    }

    @Singleton
    Reads reads(
            DatasetRepository datasets,
            DatasetStore store,
            Sources sources,
            Inspection inspection,
            InstantSource clock) {
        return new Reads(datasets, store, sources, inspection, ArrowStream::new, clock);
    }

    @Singleton
    Refreshes refreshes(DatasetRepository datasets, Sources sources, Inspection inspection) {
        return new Refreshes(datasets, sources, inspection);
    }

    /** What nobody committed in time is removed, by whichever replica comes first. */
    @Context
    @Bean(preDestroy = "shutdownNow")
    ScheduledExecutorService uploadSweep(Uploads uploads) {
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("upload-sweep").factory());
        var _ = schedule.scheduleWithFixedDelay(() -> sweep(uploads), 10, 60, TimeUnit.MINUTES);
        return schedule;
    }

    private static void sweep(Uploads uploads) {
        try {
            uploads.sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Uploads that nobody committed could not be removed; will try again in an hour", e);
        }
    }
}
