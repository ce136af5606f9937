package io.benchtop.service.http;

/** What a path is for, which decides who may ask for it and in which form a refusal is told. */
enum RequestKind {
    /** Between our own processes; by the internal key alone. */
    INTERNAL,
    /** For pods that load a model; by the token of its version, which the controller checks. */
    MODEL_FILES,
    /** For everybody: signing in, keys, static files. */
    OPEN,
    /** REST: refusals are problem documents. */
    API,
    /** For MLflow's clients: refusals are told in their form. */
    TRACKING,
    /** For browsers: who is not signed in is sent to sign in. Everything not listed is one. */
    PAGE;

    static RequestKind of(String path) {
        if (isBelow(path, "/internal/model-files")) {
            return MODEL_FILES;
        }
        if (isBelow(path, "/internal")) {
            return INTERNAL;
        }
        if (path.equals("/api/v1/login")
                || path.equals("/.well-known/jwks.json")
                || path.equals("/favicon.ico")
                || isBelow(path, "/login")
                || isBelow(path, "/assets")) {
            return OPEN;
        }
        if (path.startsWith("/mlflow/") && path.length() > "/mlflow/".length()) {
            return TRACKING;
        }
        return isBelow(path, "/api") ? API : PAGE;
    }

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
