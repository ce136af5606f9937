package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.change.ChangeTail;
import io.benchtop.service.identity.WorkspaceGenerations;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.workspace.Activity;
import io.benchtop.service.workspace.EverythingStops;
import io.benchtop.service.workspace.SpawnMeter;
import io.benchtop.service.workspace.StartLogs;
import io.benchtop.service.workspace.WarmPool;
import io.benchtop.service.workspace.WorkspaceCreation;
import io.benchtop.service.workspace.WorkspaceDescriptions;
import io.benchtop.service.workspace.WorkspaceEvents;
import io.benchtop.service.workspace.WorkspaceFeature;
import io.benchtop.service.workspace.WorkspaceRepository;
import io.benchtop.service.workspace.Workspaces;
import io.benchtop.service.workspace.jdbc.JdbiIdempotencyRepository;
import io.benchtop.service.workspace.jdbc.JdbiWorkspaceRepository;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The use cases of workspaces. */
@Factory
final class WorkspaceFactory {

    @Singleton
    WorkspaceRepository workspaceRepository(Jdbi jdbi) {
        return new JdbiWorkspaceRepository(jdbi);
    }

    @Singleton
    @Bean(preDestroy = "close")
    WorkspaceFeature feature(
            WorkspaceRepository workspaces,
            Jdbi jdbi,
            ProfileOffers profiles,
            Spawner spawner,
            WarmServers warm,
            Homes homes,
            Transactions transactions,
            ChangeLog log,
            ChangeTail tail,
            Leases leases,
            SpawnMeter meter,
            AuditTrail audit,
            Failpoint failpoint,
            InstantSource clock,
            ServiceConfig service,
            WorkspaceConfig config) {
        return new WorkspaceFeature(
                new WorkspaceFeature.Ports(
                        workspaces,
                        new JdbiIdempotencyRepository(jdbi),
                        profiles,
                        spawner,
                        warm,
                        homes,
                        transactions,
                        log,
                        tail,
                        leases,
                        audit,
                        meter,
                        failpoint,
                        clock),
                new WorkspaceFeature.Settings(
                        service.getPublicUrl(),
                        config.getQuota(),
                        config.getConcurrentStarts(),
                        config.getLookEvery()));
    }

    @Singleton
    WorkspaceEvents events(WorkspaceFeature feature) {
        return feature.events();
    }

    @Singleton
    Workspaces workspaces(WorkspaceFeature feature) {
        return feature.workspaces();
    }

    @Singleton
    WorkspaceCreation creation(WorkspaceFeature feature) {
        return feature.creation();
    }

    @Singleton
    WarmPool warmPool(WorkspaceFeature feature) {
        return feature.warmPool();
    }

    @Singleton
    WorkspaceDescriptions descriptions(WorkspaceFeature feature) {
        return feature.descriptions();
    }

    @Singleton
    WorkspaceGenerations generations(WorkspaceFeature feature) {
        return feature.generations();
    }

    @Singleton
    Activity activity(WorkspaceFeature feature) {
        return feature.activity();
    }

    @Singleton
    StartLogs startLogs(WorkspaceFeature feature) {
        return feature.startLogs();
    }

    @Singleton
    EverythingStops everythingStops(WorkspaceFeature feature) {
        return feature.everythingStops();
    }

    /** Reconciles from the moment that everything is there. */
    @Singleton
    static final class Beginning {

        private final WorkspaceFeature feature;

        Beginning(WorkspaceFeature feature) {
            this.feature = feature;
        }

        @EventListener
        void begin(StartupEvent event) {
            feature.begin();
        }
    }
}
