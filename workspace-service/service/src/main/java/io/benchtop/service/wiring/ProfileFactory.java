package io.benchtop.service.wiring;

import com.sun.management.OperatingSystemMXBean;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.profile.ImageProbe;
import io.benchtop.service.profile.ImageProbes;
import io.benchtop.service.profile.LastChoices;
import io.benchtop.service.profile.MachineMemory;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.profile.ProfileRepository;
import io.benchtop.service.profile.ProfileSeed;
import io.benchtop.service.profile.Profiles;
import io.benchtop.service.profile.jdbc.JdbiProfileRepository;
import io.benchtop.service.workspace.WorkspaceRepository;
import io.benchtop.service.workspace.jdbc.JdbiLastChoices;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Profiles. */
@Factory
final class ProfileFactory {

    /** The configured ones are there before anybody asks. */
    @Context
    ProfileRepository repository(
            Jdbi jdbi,
            ConfiguredProfiles configured,
            WorkspaceConfig config,
            Transactions transactions,
            AuditTrail audit) {
        ProfileRepository profiles = new JdbiProfileRepository(jdbi);
        new ProfileSeed(profiles, transactions, audit)
                .plant(configured.list(), new OptionSlug(config.getDefaultProfile()), configured.locked());
        return profiles;
    }

    @Singleton
    LastChoices lastChoices(Jdbi jdbi) {
        return new JdbiLastChoices(jdbi);
    }

    @Singleton
    ProfileOffers offers(
            ProfileRepository profiles, LastChoices lastChoices, WorkspaceConfig config, SpawnerChoice spawner) {
        return new ProfileOffers(
                profiles,
                lastChoices,
                new OptionSlug(config.getDefaultProfile()),
                new MachineMemory(spawner.isLocal() ? machineBytes() : null));
    }

    /** Processes have no image. */
    @Singleton
    @Requires(property = SpawnerChoice.PROPERTY, value = SpawnerChoice.LOCAL, defaultValue = SpawnerChoice.LOCAL)
    ImageProbe probe(InstantSource clock) {
        return ImageProbe.none(clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    ImageProbes probes(ImageProbe probe, ProfileRepository profiles, InstantSource clock) {
        return new ImageProbes(probe, profiles, clock);
    }

    @Singleton
    Profiles profiles(
            ProfileRepository profiles,
            WorkspaceRepository workspaces,
            ImageProbes probes,
            ConfiguredProfiles configured,
            Transactions transactions,
            AuditTrail audit) {
        return new Profiles(profiles, workspaces::countByProfile, probes, transactions, audit, configured.locked());
    }

    private static Long machineBytes() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return machine.getTotalMemorySize();
    }
}
