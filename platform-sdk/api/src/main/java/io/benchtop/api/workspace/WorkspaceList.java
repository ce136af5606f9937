package io.benchtop.api.workspace;

import java.util.List;

/** {@code GET /api/v1/workspaces}. */
public record WorkspaceList(List<Workspace> workspaces) {

    public WorkspaceList {
        workspaces = workspaces == null ? List.of() : List.copyOf(workspaces);
    }
}
