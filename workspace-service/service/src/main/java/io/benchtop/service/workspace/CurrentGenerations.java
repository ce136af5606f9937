package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.WorkspaceGenerations;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.Optional;

/** A server's token counts while its workspace is starting or running in that very generation. */
final class CurrentGenerations implements WorkspaceGenerations {

    private final WorkspaceRepository workspaces;

    CurrentGenerations(WorkspaceRepository workspaces) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
    }

    @Override
    public Optional<Label> current(String workspaceId, long generation) {
        return WorkspaceId.find(workspaceId)
                .flatMap(workspaces::find)
                .filter(workspace -> workspace.runs(generation))
                .map(workspace -> new Label(
                        workspace.id().value(),
                        workspace.slug().value(),
                        workspace.displayName().value()));
    }
}
