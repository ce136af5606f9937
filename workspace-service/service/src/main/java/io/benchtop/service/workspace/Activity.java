package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Slug;
import java.time.Instant;

/** Takes note of when workspaces were last used, as the proxy saw it. */
public final class Activity {

    private final WorkspaceRepository workspaces;
    private final WorkspaceChanges changes;

    Activity(WorkspaceRepository workspaces, WorkspaceChanges changes) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    /** What is no workspace's prefix any more is passed over. */
    public void seen(String prefix, Instant lastActivity) {
        String[] parts = prefix.split("/", -1);
        if (parts.length != 5 || !"user".equals(parts[1])) {
            return;
        }
        UserName.find(parts[2])
                .flatMap(owner -> Slug.find(parts[3]).flatMap(slug -> workspaces.find(owner, slug)))
                .ifPresent(workspace -> changes.apply(workspace.id(), now -> now.active(lastActivity), _ -> {}));
    }
}
