package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.Failpoint;
import io.fabric8.kubernetes.client.Config;
import java.time.Clock;

/** A spawner of the test cluster, as a service has one. */
final class TestingSpawner implements AutoCloseable {

    private final KubernetesCluster cluster;
    private final KubernetesHomes homes;
    private final KubernetesSpawner spawner;

    private TestingSpawner(Config config, KubernetesSettings settings, Failpoint failpoint) {
        this.cluster = KubernetesCluster.connect(config, settings, Clock.systemUTC());
        this.homes = new KubernetesHomes(cluster);
        this.spawner = new KubernetesSpawner(
                cluster, homes, TestingSettings.keys(), (owner, id, generation) -> "token of " + owner, failpoint);
    }

    static TestingSpawner in(TestingCluster cluster) {
        return in(cluster, cluster.claims(), TestingCluster.config());
    }

    /** One that a failure may stop at a step. */
    static TestingSpawner in(TestingCluster cluster, Failpoint failpoint) {
        return in(cluster, cluster.claims(), TestingCluster.config(), failpoint);
    }

    static TestingSpawner in(TestingCluster cluster, HomeStore homes, Config config) {
        return in(cluster, homes, config, Failpoint.NONE);
    }

    private static TestingSpawner in(TestingCluster cluster, HomeStore homes, Config config, Failpoint failpoint) {
        ImageReference image = TestingImage.inRegistry();
        return new TestingSpawner(config, TestingSettings.in(cluster, homes, image, image), failpoint);
    }

    KubernetesSpawner spawner() {
        return spawner;
    }

    KubernetesHomes homes() {
        return homes;
    }

    @Override
    public void close() {
        spawner.close();
        cluster.close();
    }
}
