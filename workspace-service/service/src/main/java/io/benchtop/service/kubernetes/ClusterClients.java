package io.benchtop.service.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Connections to the cluster that we run in, or that {@code KUBECONFIG} names. Making one asks the cluster nothing. */
public final class ClusterClients {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int REQUEST_MILLIS = 5_000;

    /** Informers double it up to 32 times: eight seconds between attempts at most. */
    private static final int WATCH_AGAIN_MILLIS = 250;

    private ClusterClients() {}

    /** As the pod that we run in is allowed to, or as the file says. */
    public static KubernetesClient connect() {
        return connect(Config.autoConfigure(null));
    }

    public static KubernetesClient connect(Config config) {
        Config ours = new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                // Trying again is for those who know whether it is still wanted.
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(WATCH_AGAIN_MILLIS)
                .withUserAgent("benchtop-service")
                .build();
        return new KubernetesClientBuilder().withConfig(ours).build();
    }
}
