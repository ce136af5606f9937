package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Kubernetes spawner is told.
 *
 * @param namespace where servers run; nothing else does
 * @param systemNamespace where the folders of an NFS export are made
 * @param installation tells the objects of several installations in one cluster apart
 * @param image for servers whose profile names none
 * @param toolsImage brings what makes a server ours
 * @param imagePullSecret null where images need no credentials
 * @param serviceAccount of servers, whose token is never mounted; null for the namespace's default
 * @param publicUrl the address that people use
 * @param platformUrl where the proxy is reached from a pod
 * @param startTimeout how long a server may take until it answers, fetching its image not counted
 */
public record KubernetesSettings(
        String namespace,
        String systemNamespace,
        String installation,
        ImageReference image,
        ImageReference toolsImage,
        HomeStore homes,
        @Nullable String imagePullSecret,
        @Nullable String serviceAccount,
        URI publicUrl,
        URI platformUrl,
        Duration startTimeout) {

    public KubernetesSettings {
        ObjectNames.require(namespace, "namespace");
        ObjectNames.require(systemNamespace, "system-namespace");
        ObjectNames.require(installation, "installation");
        requireNonNull(image, "image is null");
        requireNonNull(toolsImage, "toolsImage is null");
        requireNonNull(homes, "homes is null");
        if (imagePullSecret != null) {
            ObjectNames.require(imagePullSecret, "image-pull-secret");
        }
        if (serviceAccount != null) {
            ObjectNames.require(serviceAccount, "service-account");
        }
        for (URI url : List.of(publicUrl, platformUrl)) {
            if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
                throw new IllegalArgumentException("not an http(s) address: " + url);
            }
        }
        if (!startTimeout.isPositive()) {
            throw new IllegalArgumentException("the start timeout must be positive, not " + startTimeout);
        }
    }

    /** What a server runs. */
    ImageReference imageOf(ServerSpec spec) {
        ImageReference own = spec.image();
        return own == null ? image : own;
    }
}
