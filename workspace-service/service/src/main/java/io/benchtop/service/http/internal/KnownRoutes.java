package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteState;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceRepository;
import io.benchtop.service.workspace.WorkspaceState.Running;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every workspace's route as this replica sees it now. A workspace that runs by the database but not by this replica's
 * spawner is in doubt: it is looked at again until both say the same. Its owner sees to the order of calls.
 */
@Singleton
final class KnownRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(KnownRoutes.class);

    private final WorkspaceRepository workspaces;
    private final RouteOf routeOf;
    private final Map<WorkspaceId, Route> routes = new LinkedHashMap<>();
    private final Map<WorkspaceId, Workspace> doubtful = new HashMap<>();

    KnownRoutes(WorkspaceRepository workspaces, RouteOf routeOf) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.routeOf = requireNonNull(routeOf, "routeOf is null");
    }

    void reload() {
        List<Workspace> all = workspaces.list();
        routes.keySet().retainAll(all.stream().map(Workspace::id).toList());
        doubtful.clear();
        all.forEach(this::look);
    }

    /** Empty while it cannot be told of each workspace whether its server runs: half a table would cut off the other half. */
    Optional<List<Route>> all() {
        return routes.keySet().containsAll(doubtful.keySet())
                ? Optional.of(List.copyOf(routes.values()))
                : Optional.empty();
    }

    Optional<Route> find(String id) {
        return Optional.ofNullable(routes.get(new WorkspaceId(id)));
    }

    /** Whether its route is another one than before. */
    boolean refresh(String id) {
        WorkspaceId known = new WorkspaceId(id);
        Optional<Workspace> workspace = workspaces.find(known);
        if (workspace.isEmpty()) {
            doubtful.remove(known);
            return routes.remove(known) != null;
        }
        return look(workspace.get());
    }

    /** The routes that were in doubt and have changed. */
    List<Route> lookAgain() {
        List<Route> corrected = new ArrayList<>();
        for (Workspace workspace : List.copyOf(doubtful.values())) {
            if (look(workspace)) {
                corrected.add(requireNonNull(routes.get(workspace.id())));
            }
        }
        return corrected;
    }

    private boolean look(Workspace workspace) {
        doubtful.put(workspace.id(), workspace);
        try {
            Route route = routeOf.route(workspace);
            if (!(workspace.state() instanceof Running) || route.state() == RouteState.RUNNING) {
                doubtful.remove(workspace.id());
            }
            return !route.equals(routes.put(workspace.id(), route));
        } catch (RuntimeException e) {
            // The spawner cannot tell now. What was known of the server stays; nothing is declared dead.
            LOG.atDebug().addKeyValue("workspace", workspace.id()).setCause(e).log("cannot see whether a server runs");
            return false;
        }
    }
}
