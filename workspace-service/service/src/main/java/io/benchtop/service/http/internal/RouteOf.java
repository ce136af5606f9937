package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteState;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import io.benchtop.service.workspace.WorkspaceState.Stopping;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The route of a workspace; address and key come from the server itself, so what is not there is not routed to. */
@Singleton
final class RouteOf {

    private final Spawner spawner;

    RouteOf(Spawner spawner) {
        this.spawner = requireNonNull(spawner, "spawner is null");
    }

    Route route(Workspace workspace) {
        return switch (workspace.state()) {
            case Running _ -> running(workspace);
            case Queued _, Starting _ -> route(workspace, RouteState.STARTING, null);
            case Stopping _, Deleting _ -> route(workspace, RouteState.STOPPING, null);
            case Stopped _ -> route(workspace, RouteState.STOPPED, null);
            case Failed _ -> route(workspace, RouteState.FAILED, null);
        };
    }

    /** The server may be gone although that is not written down yet. */
    private Route running(Workspace workspace) {
        return spawner.poll(workspace.id()) instanceof Alive alive
                        && alive.generation() == workspace.generation()
                        && alive.target() != null
                ? route(workspace, RouteState.RUNNING, alive)
                : route(workspace, RouteState.FAILED, null);
    }

    private static Route route(Workspace workspace, RouteState state, @Nullable Alive server) {
        return new Route(
                workspace.path(),
                workspace.id().value(),
                workspace.owner().value(),
                state,
                server == null ? null : Objects.toString(server.target(), null),
                "workspace:" + workspace.id(),
                server == null ? null : server.identityKey(),
                workspace.startPath(),
                workspace.generation());
    }
}
