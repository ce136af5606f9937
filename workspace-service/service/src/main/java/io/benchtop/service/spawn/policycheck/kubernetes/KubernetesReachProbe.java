package io.benchtop.service.spawn.policycheck.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.policycheck.ReachProbe;
import io.benchtop.service.spawn.policycheck.Target;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries from a pod of the namespace of servers, with a second pod as the other server. Each run's pods have names of their
 * own, so replicas do not disturb one another; they end by themselves after minutes, and what a run that was cut off left
 * behind is removed by the next one, once it has ended.
 */
public final class KubernetesReachProbe implements ReachProbe, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesReachProbe.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final ProbePods pods;
    private final Duration patience;

    private KubernetesReachProbe(KubernetesClient client, ProbePods pods, Duration patience) {
        this.client = requireNonNull(client, "client is null");
        this.pods = requireNonNull(pods, "pods is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * As the pod that we run in is allowed to.
     *
     * @param patience how long a pod may take to start or to end; pulling the image counts
     */
    public static KubernetesReachProbe connect(ProbePods pods, Duration patience) {
        return new KubernetesReachProbe(new KubernetesClientBuilder().build(), pods, patience);
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public Result probe(List<Target> forbidden, Target needed) {
        String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Pod listening = pods.listening(suffix);
        try {
            removeEnded();
            create(listening);
            Optional<Pod> other = await(listening, KubernetesReachProbe::hasAddress);
            if (other.isEmpty() || hasEnded(other.get())) {
                return notStarted(listening, other);
            }
            String otherAddress = other.get().getStatus().getPodIP() + ":" + ProbePods.PORT;
            List<String> addresses = new ArrayList<>(List.of(otherAddress));
            forbidden.forEach(target -> addresses.add(target.address()));
            return attempt(pods.trying(suffix, needed.address(), addresses), forbidden, needed, otherAddress);
        } catch (KubernetesClientException e) {
            LOG.warn("a pod of the network's self-test could not be made", e);
            String why =
                    e.getCode() > 0 ? "refused the pod that tries it with status " + e.getCode() : "did not answer";
            return new NotTried("Kubernetes " + why);
        } finally {
            remove(listening);
        }
    }

    private Result attempt(Pod trying, List<Target> forbidden, Target needed, String otherAddress) {
        try {
            create(trying);
            Optional<Pod> ended = await(trying, KubernetesReachProbe::hasEnded);
            if (ended.isEmpty() || !"Succeeded".equals(ended.get().getStatus().getPhase())) {
                return notStarted(trying, ended);
            }
            Set<String> reached = message(ended.get()).lines().collect(Collectors.toSet());
            Set<Target> targets = forbidden.stream()
                    .filter(target -> reached.contains(target.address()))
                    .collect(Collectors.toSet());
            if (reached.contains(needed.address())) {
                targets.add(needed);
            }
            return new Tried(targets, reached.contains(otherAddress));
        } finally {
            remove(trying);
        }
    }

    private void create(Pod pod) {
        client.pods().resource(pod).create();
    }

    private Optional<Pod> await(Pod pod, Predicate<Pod> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            Pod seen = client.pods().resource(pod).get();
            if (seen != null && (wanted.test(seen) || hasEnded(seen))) {
                return Optional.of(seen);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Optional.empty();
    }

    private static boolean hasAddress(Pod pod) {
        PodStatus status = pod.getStatus();
        return "Running".equals(status.getPhase()) && status.getPodIP() != null;
    }

    private static boolean hasEnded(Pod pod) {
        return Set.of("Succeeded", "Failed")
                .contains(String.valueOf(pod.getStatus().getPhase()));
    }

    /** What the container wrote before it ended. */
    private static String message(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .map(ContainerState::getTerminated)
                .map(terminated -> String.valueOf(terminated.getMessage()))
                .collect(Collectors.joining("\n"));
    }

    private NotTried notStarted(Pod pod, Optional<Pod> ended) {
        String name = pod.getMetadata().getName();
        if (ended.isPresent()) {
            LOG.warn("a pod of the network's self-test failed pod={} message={}", name, message(ended.get()));
            return new NotTried("the pod \"" + name + "\" failed, see the service's log");
        }
        return new NotTried("the pod \"" + name + "\" did not run within " + patience.toSeconds()
                + " seconds; the namespace's events say why");
    }

    private void removeEnded() {
        client.pods().inNamespace(pods.namespace()).withLabels(pods.labels()).list().getItems().stream()
                .filter(KubernetesReachProbe::hasEnded)
                .forEach(this::remove);
    }

    private void remove(Pod pod) {
        try {
            client.pods().resource(pod).delete();
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "a pod of the network's self-test stays until the next pod={}",
                    pod.getMetadata().getName(),
                    e);
        }
    }
}
