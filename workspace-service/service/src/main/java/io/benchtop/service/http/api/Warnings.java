package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.SpawnerReadiness;
import io.benchtop.service.spawn.policycheck.PolicyCheck;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this installation does not protect, and what does not work just now, in sentences. */
@Singleton
public final class Warnings {

    private final Installation installation;
    private final SpawnerReadiness spawner;
    private final @Nullable PolicyCheck network;

    /** @param network null where servers are not kept apart by network policies */
    Warnings(Installation installation, SpawnerReadiness spawner, @Nullable PolicyCheck network) {
        this.installation = requireNonNull(installation, "installation is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.network = network;
    }

    /** What is wrong with the cluster names its parts, and is for administrators. */
    public List<String> of(Caller caller) {
        List<String> warnings = new ArrayList<>(installation.warnings());
        if (network != null) {
            network.warning().ifPresent(warnings::add);
        }
        if (caller.role() == Role.ADMIN) {
            spawner.warning().ifPresent(warnings::add);
        }
        return warnings;
    }
}
