package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceList;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.sdk.rest.RestClient;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Workspaces as a person names them.
 *
 * @param rest the way to the service
 */
record Workspaces(RestClient rest) {

    static final String PATH = "/api/v1/workspaces";

    List<Workspace> list(String owner) {
        var query = owner.isEmpty() ? "" : "?owner=" + (owner.equals("*") ? "*" : PathSegment.of(owner));
        return rest.get(PATH + query, WorkspaceList.class).workspaces();
    }

    /** Finds one by slug, by owner/slug or by id. */
    Workspace find(String named) {
        if (named.startsWith("ws_")) {
            return get(named);
        }
        var slash = named.indexOf('/');
        var owner = slash < 0 ? "" : named.substring(0, slash);
        var slug = named.substring(slash + 1);
        var seen = list(owner);
        return seen.stream()
                .filter(it -> it.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> unknown(named, owner, seen));
    }

    private static CommandFailure unknown(String named, String owner, List<Workspace> seen) {
        var known = seen.stream().map(Workspace::slug).collect(Collectors.joining(", "));
        return new CommandFailure(
                "There is no workspace '" + named + "'. "
                        + (known.isEmpty()
                                ? (owner.isEmpty()
                                        ? "There are none yet: benchtop ws create NAME"
                                        : "'" + owner + "' has none; benchtop ws ls --all lists everybody's.")
                                : "There are: " + known + "."),
                ExitCode.NOT_FOUND);
    }

    Workspace get(String id) {
        return rest.get(path(id), Workspace.class);
    }

    Workspace verb(Workspace workspace, String verb) {
        return rest.send("POST", path(workspace.id()) + ":" + verb, null, Workspace.class);
    }

    static String path(String id) {
        return PATH + "/" + PathSegment.of(id);
    }
}
