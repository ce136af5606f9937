package io.benchtop.service.endpoint.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.kubernetes.ModelPodSettings;

/**
 * What model-servers on a cluster are told.
 *
 * @param pods what all pods that load a model are told
 * @param systemNamespace where proxy and service run
 * @param release the label {@code app.kubernetes.io/instance} of their pods; they alone may reach a model-server
 */
public record ServingSettings(ModelPodSettings pods, String systemNamespace, String release) {

    public ServingSettings {
        requireNonNull(pods, "pods is null");
        if (systemNamespace.isEmpty() || release.isEmpty()) {
            throw new IllegalArgumentException("models need to know the namespace and the release of the proxy");
        }
    }
}
