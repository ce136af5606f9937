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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Model-servers as a Deployment per version of an endpoint, with what belongs to it ({@link ArmObjects}). What runs is seen in caches
 * that the cluster keeps up to date, and is found again from the cluster alone.
 *
 * <p>What an arm is to be is applied by the server (server-side apply), at once when it is new or has changed, and every minute, so
 * that what somebody removed by hand comes back. What the cluster refuses becomes the arm's state and is tried again; it does not hold
 * up other arms.
 */
public final class KubernetesModelServers implements ModelServers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesModelServers.class);
    private static final String FIELD_MANAGER = "benchtop";
    private static final Duration APPLY_AGAIN = Duration.ofSeconds(60);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final ServingSettings settings;
    private final ArmObjects objects;
    private final ServingKeys keys;
    private final FetchTokens tokens;
    private final Watched<Deployment> deployments;
    private final Watched<Pod> pods;
    private final Map<ArmId, Applied> applied = new ConcurrentHashMap<>();
    private volatile Runnable changed = () -> {};

    /**
     * What was asked for last.
     *
     * @param at as {@link System#nanoTime} tells it
     * @param trouble what the cluster said to it; empty if it was taken
     */
    private record Applied(Arm arm, long at, String trouble) {

        boolean stillHolds(Arm wanted) {
            Duration good = trouble.isEmpty() ? APPLY_AGAIN : TRY_AGAIN;
            return arm.equals(wanted) && System.nanoTime() - at < good.toNanos();
        }
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
        boolean isThere = deployments.current().getStore().getByKey(key(arm.id())) != null;
        if (last != null && last.stillHolds(arm) && (isThere || !last.trouble().isEmpty() || isYoung(last))) {
            return;
        }
        String trouble = "";
        try {
            apply(arm);
        } catch (KubernetesClientException e) {
            trouble = trouble(e);
            LOG.atWarn()
                    .addKeyValue("arm", arm.id())
                    .addKeyValue("cause", trouble)
                    .log("an arm could not be made");
        }
        applied.put(arm.id(), new Applied(arm, System.nanoTime(), trouble));
    }

    /** Just made, so that the cache may not show it yet. */
    private static boolean isYoung(Applied last) {
        return System.nanoTime() - last.at() < TRY_AGAIN.toNanos();
    }

    private String key(ArmId arm) {
        return settings.pods().namespace() + "/" + ArmObjects.name(arm);
    }

    private void apply(Arm arm) {
        Deployment deployment = apply(objects.deployment(arm));
        objects.dependents(
                        arm,
                        deployment,
                        keys.serving(arm.id()),
                        tokens.of(ArmObjects.place(arm.id().version())))
                .forEach(this::apply);
        if (arm.scaling().max() <= Math.max(1, arm.scaling().min())) {
            client.autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace(settings.pods().namespace())
                    .withName(ArmObjects.name(arm.id()))
                    .delete();
        }
    }

    private <T extends HasMetadata> T apply(T object) {
        return client.resource(object)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    private static String trouble(KubernetesClientException e) {
        String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        return e.getCode() <= 0
                ? "The cluster does not answer: " + Sentences.of(said)
                : "The cluster refuses it: " + Sentences.of(said) + " Ask an administrator to look at it.";
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
            if (e.getCode() != NOT_FOUND) {
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
            if (!last.trouble().isEmpty() && !(arms.get(id) instanceof ArmState.Ready)) {
                arms.put(id, new ArmState.Failed("REFUSED", last.trouble()));
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
