package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.Optional;

/**
 * Who may touch which workspace. Somebody else's is answered exactly as one that does not exist (SECURITY.md S14).
 * Administrators see, stop and delete everybody's, but only the owner starts it, changes it or goes in.
 */
final class WorkspaceAccess {

    private static final int SHOWN_ID = 40;

    private final WorkspaceRepository workspaces;
    private final AuditTrail audit;

    WorkspaceAccess(WorkspaceRepository workspaces, AuditTrail audit) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.audit = requireNonNull(audit, "audit is null");
    }

    /** A workspace to look at. */
    Workspace visible(Caller caller, String id) {
        Optional<Workspace> found = WorkspaceId.find(id).flatMap(workspaces::find);
        if (found.filter(workspace -> isVisible(caller, workspace)).isPresent()) {
            return found.get();
        }
        found.ifPresent(workspace -> audit.refused(
                caller.user().value(),
                caller.address(),
                "workspace.access",
                "workspace/" + workspace.id(),
                ErrorCode.NOT_FOUND,
                "belongs to " + workspace.owner()));
        throw ProblemException.notFound("workspace", id.length() <= SHOWN_ID ? id : id.substring(0, SHOWN_ID) + "…");
    }

    /** A workspace to stop or delete. */
    Workspace controllable(Caller caller, String id) {
        Workspace workspace = visible(caller, id);
        caller.require(Role.DEVELOPER);
        return workspace;
    }

    /** A workspace to start, change or use. */
    Workspace own(Caller caller, String id) {
        Workspace workspace = controllable(caller, id);
        if (!caller.is(workspace.owner())) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The workspace \"" + workspace.displayName() + "\" belongs to " + workspace.owner()
                            + ". Administrators may stop or delete it; only its owner may do this.");
        }
        return workspace;
    }

    private static boolean isVisible(Caller caller, Workspace workspace) {
        return caller.is(workspace.owner()) || caller.role() == Role.ADMIN;
    }
}
