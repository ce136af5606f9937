package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.experiment.Artifacts;
import io.benchtop.service.experiment.LoggedModels;
import io.benchtop.service.identity.jwt.SigningKey;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.model.CheckLimits;
import io.benchtop.service.model.Checks;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.Fetches;
import io.benchtop.service.model.ModelGate;
import io.benchtop.service.model.ModelRepository;
import io.benchtop.service.model.ModelStore;
import io.benchtop.service.model.ModelUses;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.NoModelGate;
import io.benchtop.service.model.NoModelStore;
import io.benchtop.service.model.Publishing;
import io.benchtop.service.model.Registration;
import io.benchtop.service.model.WebhookOutbox;
import io.benchtop.service.model.jdbc.JdbiModelRepository;
import io.benchtop.service.model.kubernetes.PodModelGate;
import io.benchtop.service.model.local.FolderModelStore;
import io.benchtop.service.model.local.GateSettings;
import io.benchtop.service.model.local.ProcessModelGate;
import io.benchtop.service.model.s3.BucketModelStore;
import io.benchtop.service.model.s3.ModelBucket;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registered models: where they are kept, how they are checked. */
@Factory
final class ModelFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFactory.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final long HEAP_SHARE = 8;

    @Singleton
    ModelRepository modelRepository(Jdbi jdbi) {
        return new JdbiModelRepository(jdbi);
    }

    /** In a bucket or a folder that an administrator names; else beside the data of one machine. */
    @Singleton
    ModelStore modelStore(ModelConfig config, ServiceConfig service, SpawnerChoice spawner) throws IOException {
        Optional<String> bucket = config.getBucket();
        if (bucket.isPresent()) {
            return new BucketModelStore(bucket(config, bucket.get()), temporary(service));
        }
        Optional<Path> folder = config.getFolder()
                .or(() -> spawner.isLocal() ? Optional.of(service.getData().resolve("models")) : Optional.empty());
        return folder.<ModelStore>map(FolderModelStore::new).orElseGet(NoModelStore::new);
    }

    private static ModelBucket bucket(ModelConfig config, String name) throws IOException {
        Path secret = config.getBucketSecretFile()
                .orElseThrow(() -> new IllegalArgumentException(
                        "BENCHTOP_MODEL_BUCKET_SECRET_FILE must name the file with the secret of the access key"));
        return new ModelBucket(
                name,
                config.getBucketPrefix(),
                config.getBucketRegion(),
                config.getBucketEndpoint(),
                config.getBucketPathStyle(),
                config.getBucketAccessKeyId(),
                Files.readString(secret).strip());
    }

    private static Path temporary(ServiceConfig service) {
        return service.getData().resolve("model-checks");
    }

    static CheckLimits limits(ModelConfig config) {
        return new CheckLimits(Duration.ofSeconds(config.getCheckSeconds()), config.getCheckMemory());
    }

    @Singleton
    FetchTokens fetchTokens(SigningKey key) {
        return new FetchTokens(DerivedKey.of(key, "model files"));
    }

    @Singleton
    Fetches fetches(ModelRepository models, ModelStore store, FetchTokens tokens) {
        return new Fetches(models, store, tokens);
    }

    /** Where no cluster checks models. */
    @Singleton
    @Requires(missingBeans = PodModelGate.class)
    ModelGate modelGate(ModelConfig config, ServiceConfig service) {
        return config.getServer()
                .<ModelGate>map(jar -> new ProcessModelGate(new GateSettings(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        List.of(jar.toString(), jar.resolveSibling("lib") + "/*"),
                        GateSettings.MAIN_CLASS,
                        temporary(service),
                        limits(config),
                        Math.max(64, config.getCheckMemory() / HEAP_SHARE))))
                .orElseGet(NoModelGate::new);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Checks modelChecks(
            ModelRepository models,
            ModelStore store,
            ModelGate gate,
            Leases leases,
            Transactions transactions,
            AuditTrail audit,
            WebhookOutbox outbox) {
        return new Checks(models, store, gate, leases, transactions, audit, outbox, LOOK_EVERY);
    }

    @Singleton
    Publishing publishing(
            ModelRepository models,
            ModelStore store,
            ModelGate gate,
            Checks checks,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Publishing(models, store, gate, transactions, audit, checks::wake, clock);
    }

    @Singleton
    Registration registration(Publishing publishing, Artifacts artifacts, LoggedModels logged) {
        return new Registration(publishing, artifacts, logged);
    }

    @Singleton
    ModelUses modelUses(ModelRepository models, EndpointRepository endpoints) {
        return (id, number) -> models.find(id).stream()
                .flatMap(model -> models.version(id, number).stream()
                        .map(version -> new ServedVersion(
                                model.name().value(), version.version().toString())))
                .flatMap(version -> Registry.uses(endpoints, version).stream())
                .toList();
    }

    @Singleton
    Models models(
            ModelRepository models,
            ModelStore store,
            ModelUses uses,
            WebhookOutbox outbox,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Models(models, store, uses, outbox, transactions, audit, clock);
    }

    /** What nobody committed in time is removed, by whichever replica comes first. */
    @Context
    @Bean(preDestroy = "shutdownNow")
    ScheduledExecutorService modelSweep(Publishing publishing) {
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("model-sweep").factory());
        var _ = schedule.scheduleWithFixedDelay(() -> sweep(publishing), 10, 60, TimeUnit.MINUTES);
        return schedule;
    }

    private static void sweep(Publishing publishing) {
        try {
            publishing.sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Models that nobody committed could not be removed; will try again in an hour", e);
        }
    }

    /** Checks from the moment that everything is there. */
    @Singleton
    static final class Beginning {

        private final Checks checks;

        Beginning(Checks checks) {
            this.checks = checks;
        }

        @EventListener
        void begin(StartupEvent event) {
            checks.begin();
        }
    }
}
