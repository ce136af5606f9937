package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.profile.ImageReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Settings for tests. */
final class TestingSettings {

    private TestingSettings() {}

    static KubernetesSettings of(HomeStore homes) {
        return new KubernetesSettings(
                "benchtop-workspaces",
                "benchtop",
                "benchtop",
                new ImageReference("registry.example.com/benchtop/base:1"),
                new ImageReference("registry.example.com/benchtop/tools:1"),
                homes,
                null,
                null,
                URI.create("https://benchtop.example.com"),
                URI.create("http://benchtop-proxy.benchtop:8080"),
                Duration.ofSeconds(60));
    }

    /** Of a spawner in the test cluster. */
    static KubernetesSettings in(TestingCluster cluster, HomeStore homes, ImageReference image, ImageReference tools) {
        return new KubernetesSettings(
                cluster.namespace(),
                cluster.systemNamespace(),
                "testing",
                image,
                tools,
                homes,
                null,
                null,
                URI.create("http://127.0.0.1:8080"),
                URI.create("http://127.0.0.1:8080"),
                Duration.ofSeconds(180));
    }

    static IdentityKeys keys() {
        return new IdentityKeys("this is the secret of an installation".getBytes(StandardCharsets.UTF_8));
    }
}
