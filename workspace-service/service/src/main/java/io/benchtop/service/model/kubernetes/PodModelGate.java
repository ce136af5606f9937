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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
            Pod made = client.resource(factory.podFor(place)).create();
            try {
                return await(made);
            } finally {
                removeQuietly(made);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check of a model was broken off", e);
        }
    }

    private Verdict await(Pod made) throws InterruptedException {
        String name = made.getMetadata().getName();
        long begun = System.nanoTime();
        long fetching = 0;
        long loading = 0;
        while (true) {
            Thread.sleep(ASK_EVERY_MILLIS);
            Pod pod = named(name).get();
            requireOurs(pod, made);
            requireFetched(pod);
            Optional<ContainerStatus> check = status(pod.getStatus().getContainerStatuses(), CheckPodFactory.CHECK);
            Optional<ContainerStateTerminated> end =
                    check.map(status -> status.getState().getTerminated());
            if (end.isPresent()) {
                return verdict(name, end.get());
            }
            if (loading == 0 && isRunning(check)) {
                loading = System.nanoTime();
            }
            if (fetching == 0 && isRunning(status(pod.getStatus().getInitContainerStatuses(), ModelPods.FETCH))) {
                fetching = System.nanoTime();
            }
            if (loading != 0 && isOver(loading, limits.patience().plusSeconds(5))) {
                return limits.timeout();
            }
            boolean late = loading == 0
                    && (fetching == 0
                            ? isOver(begun, startPatience)
                            : isOver(fetching, CheckPodFactory.FETCHES_WITHIN));
            if (late) {
                throw new IllegalStateException(
                        "the pod " + name + " that is to check a model does not begin: " + Sentences.of(why(pod)));
            }
        }
    }

    private static Optional<ContainerStatus> status(List<ContainerStatus> all, String container) {
        return all.stream().filter(status -> status.getName().equals(container)).findFirst();
    }

    private static boolean isRunning(Optional<ContainerStatus> container) {
        return container.map(status -> status.getState().getRunning()).isPresent();
    }

    /** A pod that the cluster takes away, or that another replica has made anew, says nothing about the model. */
    private static void requireOurs(@Nullable Pod pod, Pod made) {
        boolean ours = pod != null
                && pod.getMetadata().getUid().equals(made.getMetadata().getUid())
                && pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getReason() == null
                && pod.getStatus().getConditions().stream()
                        .noneMatch(condition -> condition.getType().equals("DisruptionTarget"));
        if (!ours) {
            throw new IllegalStateException(
                    "the pod " + made.getMetadata().getName() + " was taken away while it checked a model");
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

    /** Nothing that another replica has made under the same name. */
    private void removeQuietly(Pod made) {
        String name = made.getMetadata().getName();
        try {
            Pod there = named(name).get();
            if (there == null
                    || there.getMetadata().getUid().equals(made.getMetadata().getUid())) {
                named(name).withGracePeriod(1).delete();
                client.secrets()
                        .inNamespace(settings.namespace())
                        .withName(name)
                        .delete();
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("pod", name)
                    .addKeyValue("cause", e.getMessage())
                    .log("the pod that checked a model stays until the same version is checked again");
        }
    }
}
