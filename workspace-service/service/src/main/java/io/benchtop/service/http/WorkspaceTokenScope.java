package io.benchtop.service.http;

import java.util.Set;

/**
 * All that the token inside a server may ask of the service: who it is, its own workspace, to be kept alive, and its owner's
 * experiments. Whoever runs code in a notebook can read that token, so it must not be worth stealing (S29).
 */
final class WorkspaceTokenScope {

    private WorkspaceTokenScope() {}

    static boolean allows(String method, String path, String workspaceId) {
        String own = "/api/v1/workspaces/" + workspaceId;
        boolean tracking = path.startsWith("/mlflow/api/") && !(path + "/").contains("/../");
        return tracking
                || Set.of("GET /api/v1/me", "GET " + own, "POST " + own + ":keep-alive")
                        .contains(method + " " + path);
    }
}
