package io.benchtop.sdk.tracking;

import static java.util.Objects.requireNonNull;

/**
 * A run as the service made it.
 *
 * @param id MLflow's
 * @param artifactUri such as {@code mlflow-artifacts:/7/abc/artifacts}
 */
record MlflowRun(String id, String artifactUri) {

    MlflowRun {
        requireNonNull(id, "id is null");
        requireNonNull(artifactUri, "artifactUri is null");
    }

    /** Where its artifacts are below those of all runs. */
    String artifactPath() {
        return artifactUri.replaceFirst("^mlflow-artifacts:/+", "");
    }
}
