package io.benchtop.service.model.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.ClusterClients;
import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.model.CheckLimits;
import io.benchtop.service.model.CheckResult;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.ModelGate;
import io.benchtop.service.model.ModelPlace;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a model in a pod of its own: its files come from the service, it has no account, and the network's policies let it reach
 * nothing but the service, which gives it no other files. Whatever becomes of the pod, the answer is a sentence; where no pod could
 * be begun, the check throws and is tried again later.
 *
 * <p>One replica checks a version at a time. What one that died left behind is taken away before the pod is made.
 */
public final class PodModelGate implements ModelGate, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodModelGate.class);
    private static final long ASK_EVERY_MILLIS = 500;
    private static final int OUT_OF_MEMORY = 137;

    private final KubernetesClient client;
    private final ModelPodSettings settings;
    private final CheckPodFactory factory;
    private final FetchTokens tokens;
    private final CheckLimits limits;
    private final Duration startPatience;

    private PodModelGate(
            KubernetesClient client,
            ModelPodSettings settings,
            FetchTokens tokens,
            CheckLimits limits,
            Duration startPatience) {
        this.client = requireNonNull(client, "client is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.startPatience = requireNonNull(startPatience, "startPatience is null");
        this.factory = new CheckPodFactory(settings, limits);
    }

    /** @param startPatience how long a pod may take until it has begun to load the model */
    public static PodModelGate connect(
            ModelPodSettings settings, FetchTokens tokens, CheckLimits limits, Duration startPatience) {
        return new PodModelGate(ClusterClients.connect(), settings, tokens, limits, startPatience);
    }

    @Override
    public void close() {
        client.close();
    }

    /** There is an image. */
    @Override
    public void requireReady() {}

    @Override
    public Verdict check(ModelPlace place, Path folder) {
        String name = CheckPodFactory.name(place);
        try {
            remove(name);
            client.resource(factory.secretFor(place, tokens.of(place)))
                    .fieldManager("benchtop")
                    .forceConflicts()
                    .serverSideApply();
            client.resource(factory.podFor(place)).create();
            return await(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check of a model was broken off", e);
        } finally {
            removeQuietly(name);
        }
    }

    private Verdict await(String name) throws InterruptedException {
        long begun = System.nanoTime();
        long loading = 0;
        while (true) {
            Thread.sleep(ASK_EVERY_MILLIS);
            Pod pod = named(name).get();
            if (pod == null) {
                throw new IllegalStateException("the pod " + name + " that checked a model is gone");
            }
            requireFetched(pod);
            Optional<ContainerStatus> check = pod.getStatus().getContainerStatuses().stream()
                    .filter(status -> status.getName().equals(CheckPodFactory.CHECK))
                    .findFirst();
            Optional<ContainerStateTerminated> end =
                    check.map(status -> status.getState().getTerminated());
            if (end.isPresent()) {
                return verdict(name, end.get());
            }
            if (check.map(status -> status.getState().getRunning()).isPresent() && loading == 0) {
                loading = System.nanoTime();
            }
            if (loading != 0 && isOver(loading, limits.patience().plusSeconds(5))) {
                return limits.timeout();
            }
            if (loading == 0 && isOver(begun, startPatience)) {
                throw new IllegalStateException(
                        "the pod " + name + " that is to check a model does not begin: " + Sentences.of(why(pod)));
            }
        }
    }

    /** What the service would not give is not the model's fault. */
    private static void requireFetched(Pod pod) {
        pod.getStatus().getInitContainerStatuses().stream()
                .map(status -> status.getState().getTerminated())
                .filter(end -> end != null && end.getExitCode() != 0)
                .findFirst()
                .ifPresent(end -> {
                    throw new IllegalStateException(
                            "the pod " + pod.getMetadata().getName() + " could not fetch the files of a model: "
                                    + Sentences.of(end.getMessage()));
                });
    }

    private static boolean isOver(long since, Duration patience) {
        return System.nanoTime() - since > patience.toNanos();
    }

    private static String why(Pod pod) {
        return Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .map(status -> status.getState().getWaiting())
                .filter(waiting -> waiting != null && waiting.getMessage() != null)
                .map(waiting -> waiting.getReason() + ", " + waiting.getMessage())
                .findFirst()
                .or(() -> pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getMessage() != null)
                        .map(condition -> condition.getMessage())
                        .findFirst())
                .orElse("it waits");
    }

    private Verdict verdict(String name, ContainerStateTerminated end) {
        if ("OOMKilled".equals(end.getReason())) {
            return limits.ending(OUT_OF_MEMORY);
        }
        if (end.getExitCode() != 0) {
            return limits.ending(end.getExitCode());
        }
        String log = named(name)
                .inContainer(CheckPodFactory.CHECK)
                .limitBytes(CheckResult.LARGEST)
                .tailingLines(1)
                .getLog();
        return CheckResult.read(Objects.requireNonNullElse(log, ""));
    }

    private PodResource named(String name) {
        return client.pods().inNamespace(settings.namespace()).withName(name);
    }

    private void remove(String name) throws InterruptedException {
        long begun = System.nanoTime();
        while (named(name).get() != null) {
            if (isOver(begun, startPatience)) {
                throw new IllegalStateException("the pod " + name + " of an earlier check does not go away");
            }
            named(name).withGracePeriod(1).delete();
            Thread.sleep(ASK_EVERY_MILLIS);
        }
    }

    private void removeQuietly(String name) {
        try {
            named(name).withGracePeriod(1).delete();
            client.secrets().inNamespace(settings.namespace()).withName(name).delete();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", name)
                    .addKeyValue("cause", e.getMessage())
                    .log("the pod that checked a model stays until the same version is checked again");
        }
    }
}
