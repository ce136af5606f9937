package io.benchtop.service.model.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ImageReference;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What pods that load models are told.
 *
 * @param namespace where they run; nothing else does
 * @param installation tells the objects of several installations in one cluster apart
 * @param image the model-server's
 * @param serviceUrl where a pod reaches the service, which gives it the files
 * @param imagePullSecret null where images need no credentials
 * @param cpuRequest as Kubernetes writes it, such as {@code 250m}
 * @param memoryRequest such as {@code 512Mi}
 * @param memoryLimit such as {@code 2Gi}
 */
public record ModelPodSettings(
        String namespace,
        String installation,
        ImageReference image,
        URI serviceUrl,
        @Nullable String imagePullSecret,
        String cpuRequest,
        String memoryRequest,
        String memoryLimit) {

    public ModelPodSettings {
        requireNonNull(image, "image is null");
        if (namespace.isEmpty() || installation.isEmpty()) {
            throw new IllegalArgumentException("models need a namespace and the installation's name");
        }
        if (serviceUrl.getHost() == null) {
            throw new IllegalArgumentException("not an http(s) address: " + serviceUrl);
        }
    }
}
