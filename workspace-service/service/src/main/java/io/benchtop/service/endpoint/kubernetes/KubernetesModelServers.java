package io.benchtop.service.endpoint.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.Arm;
import io.benchtop.service.endpoint.ArmId;
import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.ServingKeys;
import io.benchtop.service.kubernetes.ClusterClients;
import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.kubernetes.Watched;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.kubernetes.ModelHardware;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Model-servers as a Deployment per version of an endpoint, with what belongs to it ({@link ArmObjects}). What runs is seen in caches
 * that the cluster keeps up to date, and is found again from the cluster alone.
 *
 * <p>What an arm is to be is applied by the server (server-side apply), at once when it is new or has changed, and every minute, so
 * that what somebody removed by hand comes back. What the cluster refuses becomes the arm's state and is tried again; while it does not
 * answer, one arm asks every few seconds and the others wait for that, so that guards go on looking.
 */
public final class KubernetesModelServers implements ModelServers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesModelServers.class);
    private static final String FIELD_MANAGER = "benchtop";
    private static final Duration APPLY_AGAIN = Duration.ofSeconds(60);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final ServingSettings settings;
    private final ArmObjects objects;
    private final ServingKeys keys;
    private final FetchTokens tokens;
    private final Watched<Deployment> deployments;
    private final Watched<Pod> pods;
    private final Map<ArmId, Applied> applied = new ConcurrentHashMap<>();
    private volatile Runnable changed = () -> {};
    private volatile long silentUntil = System.nanoTime();

    /**
     * What was asked for last.
     *
     * @param at as {@link System#nanoTime} tells it
     */
    private record Applied(Arm arm, long at, Answer answer) {

        boolean stillHolds(Arm wanted) {
            Duration good = answer instanceof Answer.Taken ? APPLY_AGAIN : TRY_AGAIN;
            return arm.equals(wanted) && System.nanoTime() - at < good.toNanos();
        }
    }

    /** What the cluster said to it. */
    private sealed interface Answer {

        record Taken() implements Answer {}

        record Refused(String sentence) implements Answer {}

        record Silent(String sentence) implements Answer {}
    }

    KubernetesModelServers(KubernetesClient client, ServingSettings settings, ServingKeys keys, FetchTokens tokens) {
        this.client = requireNonNull(client, "client is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.objects = new ArmObjects(settings);
        String namespace = settings.pods().namespace();
        this.deployments = new Watched<>(
                "deployments of models",
                () -> client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withLabels(objects.labels())
                        .runnableInformer(0)
                        .addEventHandler(new Telling<>()));
        this.pods = new Watched<>(
                "pods of models",
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(objects.labels())
                        .runnableInformer(0)
                        .addEventHandler(new Telling<>()));
    }

    /** As the pod that we run in is allowed to. */
    public static KubernetesModelServers connect(ServingSettings settings, ServingKeys keys, FetchTokens tokens) {
        return new KubernetesModelServers(ClusterClients.connect(), settings, keys, tokens);
    }

    @Override
    public void close() {
        deployments.close();
        pods.close();
        client.close();
    }

    @Override
    public void onChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public void ensure(Arm arm) {
        Applied last = applied.get(arm.id());
        boolean holds = last != null && last.stillHolds(arm) && !isMissed(last);
        if (holds || System.nanoTime() - silentUntil < 0) {
            return;
        }
        Answer answer = answer(arm);
        if (answer instanceof Answer.Silent) {
            // Whoever asks for the other arms would wait for as long.
            silentUntil = System.nanoTime() + TRY_AGAIN.toNanos();
        }
        applied.put(arm.id(), new Applied(arm, System.nanoTime(), answer));
    }

    /** Somebody has removed it; the cache may not show yet what was just made. */
    private boolean isMissed(Applied last) {
        return last.answer() instanceof Answer.Taken
                && seen(last.arm().id()) == null
                && System.nanoTime() - last.at() > TRY_AGAIN.toNanos();
    }

    private @Nullable Deployment seen(ArmId arm) {
        return deployments.current().getStore().getByKey(settings.pods().namespace() + "/" + ArmObjects.name(arm));
    }

    private Answer answer(Arm arm) {
        Optional<ModelHardware> hardware = settings.pods().find(arm.hardware());
        if (hardware.isEmpty()) {
            return new Answer.Refused("The hardware \"" + arm.hardware() + "\" is not offered any more: choose "
                    + String.join(" or ", settings.pods().hardwareNames()) + " for the endpoint.");
        }
        try {
            apply(arm, hardware.get());
            return new Answer.Taken();
        } catch (KubernetesClientException e) {
            String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
            LOG.atWarn().addKeyValue("arm", arm.id()).addKeyValue("cause", said).log("an arm could not be made");
            return isSilence(e)
                    ? new Answer.Silent("The cluster does not answer: " + Sentences.of(said))
                    : new Answer.Refused(
                            "The cluster refuses it: " + Sentences.of(said) + " Ask an administrator to look at it.");
        }
    }

    /** The client has several codes for that nothing came back. */
    private static boolean isSilence(KubernetesClientException e) {
        return e.getCode() <= 0;
    }

    private void apply(Arm arm, ModelHardware hardware) {
        if (!arm.scaling().isByLoad()) {
            client.autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace(settings.pods().namespace())
                    .withName(ArmObjects.name(arm.id()))
                    .delete();
        }
        Deployment there = seen(arm.id());
        Deployment deployment;
        if (there == null || !arm.scaling().isByLoad()) {
            deployment = apply(objects.counted(arm, hardware));
        } else {
            handOver(objects.count(arm, there.getSpec().getReplicas()));
            deployment = apply(objects.uncounted(arm, hardware));
        }
        objects.dependents(
                        arm,
                        deployment,
                        keys.serving(arm.id()),
                        tokens.of(ArmObjects.place(arm.id().version())))
                .forEach(this::apply);
    }

    /** Without force: if the autoscaler has taken it over already, all is well. */
    private void handOver(Deployment count) {
        try {
            client.resource(count).fieldManager(FIELD_MANAGER + "-replicas").serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private <T extends HasMetadata> T apply(T object) {
        return client.resource(object)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** With the Deployment goes what belongs to it; pods end what they have begun. */
    @Override
    public void end(ArmId arm) {
        applied.remove(arm);
        try {
            client.apps()
                    .deployments()
                    .inNamespace(settings.pods().namespace())
                    .withName(ArmObjects.name(arm))
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        } catch (KubernetesClientException e) {
            if (isSilence(e)) {
                LOG.atWarn()
                        .addKeyValue("arm", arm)
                        .addKeyValue("cause", e.getMessage())
                        .log("an arm could not be ended yet");
            } else if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public Map<ArmId, ArmState> list() {
        // The reconciler looks once a second, which is how often a watch wants to be looked after.
        deployments.check(true);
        pods.check(true);
        if (!deployments.isSynced() || !pods.isSynced()) {
            throw new IllegalStateException("what runs on the cluster is not known yet");
        }
        Map<String, List<Pod>> podsByArm = pods.current().getStore().list().stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().getOrDefault(ArmObjects.ARM, "")));
        Map<ArmId, ArmState> arms = new HashMap<>();
        for (Deployment deployment : deployments.current().getStore().list()) {
            ArmObjects.arm(deployment)
                    .ifPresent(id ->
                            arms.put(id, ArmDiagnosis.of(deployment, podsByArm.getOrDefault(id.key(), List.of()))));
        }
        applied.forEach((id, last) -> {
            switch (last.answer()) {
                case Answer.Refused(String sentence) ->
                    arms.put(
                            id,
                            arms.get(id) instanceof ArmState.Ready(List<ArmState.Server> servers, String _)
                                    ? new ArmState.Ready(servers, sentence)
                                    : new ArmState.Failed("REFUSED", sentence));
                case Answer.Silent(String sentence) -> arms.putIfAbsent(id, new ArmState.Starting(sentence));
                case Answer.Taken _ -> {}
            }
        });
        return arms;
    }

    @Override
    public List<String> log(ArmId arm, int lines) {
        return pods.current().getStore().list().stream()
                .filter(pod -> arm.key().equals(pod.getMetadata().getLabels().get(ArmObjects.ARM)))
                .flatMap(pod -> Arrays.stream(log(pod, lines).split("\n", -1)))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String log(Pod pod, int lines) {
        try {
            return Objects.requireNonNullElse(
                    client.pods()
                            .inNamespace(settings.pods().namespace())
                            .withName(pod.getMetadata().getName())
                            .inContainer(ArmObjects.SERVER)
                            .tailingLines(lines)
                            .getLog(),
                    "");
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    private final class Telling<T> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T object) {
            changed.run();
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            changed.run();
        }
    }
}
