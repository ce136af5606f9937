package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Chooses a warm server for a new workspace: the workspace gets its id, and its start finds it there. At random among those
 * that are ready, so that replicas seldom choose the same; if they do, the database lets one of them have it.
 */
final class WarmChoice {

    private final WarmServers warm;
    private final ProfileOffers profiles;
    private final WorkspaceRepository workspaces;

    WarmChoice(WarmServers warm, ProfileOffers profiles, WorkspaceRepository workspaces) {
        this.warm = requireNonNull(warm, "warm is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
    }

    Optional<WorkspaceId> choose(ProfileChoice choice) {
        List<WarmServer> ready = new ArrayList<>(warm.seen());
        ready.removeIf(server -> server.state() != State.READY);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        String kind = warm.kind(profiles.spec(choice)).orElse("");
        Collections.shuffle(ready);
        return ready.stream()
                .filter(server -> server.kind().equals(kind))
                .map(WarmServer::id)
                .filter(id -> workspaces.find(id).isEmpty())
                .findFirst();
    }
}
