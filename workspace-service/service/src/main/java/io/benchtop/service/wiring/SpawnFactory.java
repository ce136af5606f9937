package io.benchtop.service.wiring;

import com.sun.management.OperatingSystemMXBean;
import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserRepository;
import io.benchtop.service.identity.WorkspaceTokens;
import io.benchtop.service.profile.ConfiguredProfiles;
import io.benchtop.service.profile.ProfileCatalog;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerTokens;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What every spawner needs. */
@Factory
final class SpawnFactory {

    @Singleton
    ProfileCatalog profiles(List<ProfileConfig> configured, WorkspaceConfig config, SpawnerChoice spawner) {
        List<Profile> profiles = configured.stream().map(SpawnFactory::profile).toList();
        return new ConfiguredProfiles(
                profiles.isEmpty() ? ConfiguredProfiles.defaults() : profiles,
                config.getDefaultProfile(),
                // A cluster's nodes are not this machine.
                spawner.isLocal() ? machineBytes() : null);
    }

    private static Profile profile(ProfileConfig config) {
        return new Profile(
                config.getSlug(),
                config.getDisplayName().orElse(config.getSlug()),
                config.getDescription(),
                new Resources(
                        config.getMemoryBytes().orElse(null),
                        config.getProcesses().orElse(null),
                        null));
    }

    @Singleton
    ServerTokens serverTokens(WorkspaceTokens tokens, UserRepository users) {
        return (owner, id, generation) -> {
            Role role = users.find(owner).map(User::role).orElse(Role.VIEWER);
            return tokens.issue(owner, role, id.value(), generation);
        };
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

    private static Long machineBytes() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return machine.getTotalMemorySize();
    }
}
