package io.benchtop.service.wiring;

import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.policycheck.PolicyCheck;
import io.benchtop.service.spawn.policycheck.Target;
import io.benchtop.service.spawn.policycheck.kubernetes.KubernetesReachProbe;
import io.benchtop.service.spawn.policycheck.kubernetes.ProbePods;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tries after the start, and then again and again, what servers can reach. */
@Factory
@Requires(property = SpawnerChoice.PROPERTY, value = SpawnerChoice.KUBERNETES)
@Requires(property = "benchtop.policy-check.image")
final class PolicyCheckFactory {

    @Singleton
    @Bean(preDestroy = "close")
    KubernetesReachProbe probe(PolicyCheckConfig config, KubernetesConfig kubernetes) {
        ProbePods pods = new ProbePods(
                kubernetes.getNamespace(),
                kubernetes.getInstallation(),
                new ImageReference(config.getImage().orElseThrow()),
                config.getCommand(),
                kubernetes.getImagePullSecret().orElse(""));
        return KubernetesReachProbe.connect(pods, config.getPatience());
    }

    @Singleton
    PolicyCheck policyCheck(KubernetesReachProbe probe, PolicyCheckConfig config, ServiceConfig service) {
        URI platform = config.getPlatformUrl();
        return new PolicyCheck(
                probe,
                forbidden(config, service, System.getenv()),
                new Target("the platform", platform.getHost(), platform.getPort() < 0 ? 80 : platform.getPort()),
                config.getRetry(),
                config.getEvery());
    }

    static List<Target> forbidden(PolicyCheckConfig config, ServiceConfig service, Map<String, String> environment) {
        List<Target> targets = new ArrayList<>();
        targets.add(new Target("the metadata address of the cloud", "169.254.169.254", 80));
        targets.add(new Target("the metadata address of the cloud (IPv6)", "fd00:ec2::254", 80));
        String kubernetes = environment.get("KUBERNETES_SERVICE_HOST");
        if (kubernetes != null) {
            int port = Integer.parseInt(environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"));
            targets.add(new Target("the Kubernetes API", kubernetes, port));
        }
        config.getPodAddress().ifPresent(address -> {
            targets.add(new Target("the service past the proxy", address, service.getServicePort()));
            String admin = service.getServiceAdminListen();
            int port = Integer.parseInt(admin.substring(admin.lastIndexOf(':') + 1));
            targets.add(new Target("the service's port for health and metrics", address, port));
        });
        service.getDatabaseUrl()
                .map(url -> URI.create(url.substring("jdbc:".length())))
                .ifPresent(url -> {
                    if (url.getHost() != null) {
                        targets.add(
                                new Target("the database", url.getHost(), url.getPort() < 0 ? 5432 : url.getPort()));
                    }
                });
        return targets;
    }

    @Context
    @Bean(preDestroy = "shutdownNow")
    ScheduledExecutorService policyCheckSchedule(PolicyCheck check, CollectorRegistry registry) {
        registry.register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return List.of(new GaugeMetricFamily(
                        "benchtop_network_policy_enforced",
                        "1 when it was shown that servers cannot reach what they must not, 0 when not.",
                        check.enforced()));
            }
        });
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("policy-check").factory());
        // People first: the start is busy enough without it.
        var _ = schedule.schedule(() -> repeat(schedule, check), 10, TimeUnit.SECONDS);
        return schedule;
    }

    private static void repeat(ScheduledExecutorService schedule, PolicyCheck check) {
        Duration wait = check.run();
        var _ = schedule.schedule(() -> repeat(schedule, check), wait.toSeconds(), TimeUnit.SECONDS);
    }
}
