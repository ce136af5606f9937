package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeListener;
import io.benchtop.service.change.Revision;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes events of what the change log tells about workspaces; one that changed several times meanwhile is told once. */
final class WorkspaceNews implements ChangeListener {

    private final WorkspaceRepository workspaces;
    private final WorkspaceEvents events;

    WorkspaceNews(WorkspaceRepository workspaces, WorkspaceEvents events) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.events = requireNonNull(events, "events is null");
    }

    @Override
    public void begin(Revision place) {
        workspaces.list().forEach(this::changed);
    }

    @Override
    public void changed(List<Change> changes) {
        Map<String, Change.Kind> last = new LinkedHashMap<>();
        changes.stream()
                .filter(change -> change.kind() != Change.Kind.UNKNOWN)
                .forEach(change -> last.put(change.subject(), change.kind()));
        last.forEach((subject, kind) -> {
            switch (kind) {
                case WORKSPACE_CHANGED ->
                    workspaces.find(new WorkspaceId(subject)).ifPresent(this::changed);
                case WORKSPACE_REMOVED -> events.publish(new WorkspaceEvents.Removed(new WorkspaceId(subject)));
                case LOG_BEGUN, SESSION_REVOKED, TOKEN_REVOKED, ENDPOINT_CHANGED, ENDPOINT_REMOVED, UNKNOWN -> {}
            }
        });
    }

    private void changed(Workspace workspace) {
        events.publish(new WorkspaceEvents.Changed(workspace));
    }
}
