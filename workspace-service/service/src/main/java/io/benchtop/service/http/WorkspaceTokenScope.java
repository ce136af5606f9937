package io.benchtop.service.http;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that the token inside a server may ask of the service: who it is, its own workspace, to be kept alive, its owner's
 * experiments, datasets, models and endpoints, but not to delete data or models, by whichever interface, to change who reads or calls
 * them, to approve a version of a model or to see whom its owner has told. Whoever runs code in a notebook can read that token, so it
 * must not be worth stealing (S29).
 */
final class WorkspaceTokenScope {

    /** Their addresses may be secrets. */
    private static final Pattern WEBHOOKS = Pattern.compile("/api/v1/models/[^/]*/webhooks(/.*)?");

    private WorkspaceTokenScope() {}

    static boolean allows(String method, String path, String workspaceId) {
        String own = "/api/v1/workspaces/" + workspaceId;
        return isOfTracking(method, path)
                || isOfDatasets(method, path)
                || isOfModels(method, path)
                || isOfEndpoints(method, path)
                || Set.of("GET /api/v1/me", "GET " + own, "POST " + own + ":keep-alive")
                        .contains(method + " " + path);
    }

    /** What MLflow's clients delete is an experiment's, or a tag; a registered model, its versions and aliases are not. */
    private static boolean isOfTracking(String method, String path) {
        boolean below = path.startsWith("/mlflow/api/") && !(path + "/").contains("/../");
        return below
                && (!method.equals("DELETE")
                        || path.endsWith("/delete-tag")
                        || path.contains("/logged-models/")
                        || path.contains("/mlflow-artifacts/"));
    }

    private static boolean isOfDatasets(String method, String path) {
        boolean below = path.startsWith("/api/v1/datasets/") && !(path + "/").contains("/../");
        boolean upload = below && path.contains("/uploads/");
        return path.equals("/api/v1/datasets")
                || (below && (method.equals("GET") || method.equals("POST")))
                || (upload && (method.equals("PUT") || method.equals("DELETE")));
    }

    private static boolean isOfEndpoints(String method, String path) {
        boolean below = path.startsWith("/api/v1/endpoints/") && !(path + "/").contains("/../");
        return (path.equals("/api/v1/endpoints") && method.equals("GET"))
                || (below && Set.of("GET", "POST", "DELETE").contains(method));
    }

    private static boolean isOfModels(String method, String path) {
        boolean below = path.startsWith("/api/v1/models/") && !(path + "/").contains("/../");
        boolean made = path.equals("/api/v1/models") && (method.equals("GET") || method.equals("POST"));
        boolean published = below
                && ((method.equals("PUT") && path.contains("/files/"))
                        || (method.equals("POST") && (path.endsWith("/versions") || path.endsWith(":commit"))));
        boolean pointed = below && path.contains("/aliases/") && method.equals("PUT");
        boolean read = below && method.equals("GET") && !WEBHOOKS.matcher(path).matches();
        return made || read || published || pointed;
    }
}
