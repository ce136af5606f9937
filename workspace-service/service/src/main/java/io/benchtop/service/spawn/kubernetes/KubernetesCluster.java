package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.ClusterClients;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;

/** The connection to a cluster that spawner and homes share. Making one asks the cluster nothing. */
public final class KubernetesCluster implements AutoCloseable {

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final InstantSource clock;

    private KubernetesCluster(KubernetesClient client, KubernetesSettings settings, InstantSource clock) {
        this.client = client;
        this.settings = requireNonNull(settings, "settings is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.gate = new ClusterGate(clock);
    }

    /** As the pod that we run in is allowed to, or as the file named by {@code KUBECONFIG} says. */
    public static KubernetesCluster connect(KubernetesSettings settings, InstantSource clock) {
        return connect(Config.autoConfigure(null), settings, clock);
    }

    static KubernetesCluster connect(Config config, KubernetesSettings settings, InstantSource clock) {
        return new KubernetesCluster(ClusterClients.connect(config), settings, clock);
    }

    KubernetesClient client() {
        return client;
    }

    ClusterGate gate() {
        return gate;
    }

    KubernetesSettings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    @Override
    public void close() {
        client.close();
    }
}
