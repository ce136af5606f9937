package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.kubernetes.FolderPodFactory.Task;
import io.benchtop.service.spawn.kubernetes.HomeStore.NfsExport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Home folders of an NFS export, made, moved and removed by short pods ({@link FolderPodFactory}). Which ones are made is
 * remembered, so that only the first start after a restart of the service looks again.
 */
final class NfsFolders {

    private static final long ASK_EVERY_MILLIS = 250;
    private static final long LATER_THAN_THE_POD_SECONDS = 15;

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final ServerLog log;
    private final FolderPodFactory factory;
    private final Set<WorkspaceId> made = ConcurrentHashMap.newKeySet();

    NfsFolders(KubernetesClient client, ClusterGate gate, KubernetesSettings settings) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.log = new ServerLog(client, gate);
        this.factory = new FolderPodFactory(settings);
    }

    void make(NfsExport export, SpawnRequest request) {
        if (!made.contains(request.id())) {
            run(Task.MAKE, export, request.owner(), request.slug(), request.id());
            made.add(request.id());
        }
    }

    void keep(NfsExport export, UserName owner, Slug slug, WorkspaceId id) {
        made.remove(id);
        run(Task.KEEP, export, owner, slug, id);
    }

    void delete(NfsExport export, UserName owner, Slug slug, WorkspaceId id) {
        made.remove(id);
        run(Task.DELETE, export, owner, slug, id);
    }

    private void run(Task task, NfsExport export, UserName owner, Slug slug, WorkspaceId id) {
        Pod pod = factory.podFor(task, export, owner, slug, id);
        String folder = export.server() + ":" + export.path() + "/" + owner + "/" + ObjectNames.folder(slug, id);
        create(pod);
        try {
            Pod ended = ended(pod, task.seconds() + LATER_THAN_THE_POD_SECONDS);
            if (ended == null || !isIn(ended, "Succeeded")) {
                throw new HomeUnusable(sentence(task, folder, said(pod)));
            }
        } finally {
            remove(pod);
        }
    }

    /** As it is when it has ended or cannot begin; a pod that lives for two seconds is asked for, not watched. */
    private @Nullable Pod ended(Pod pod, long seconds) {
        long begin = System.nanoTime();
        Pod now = null;
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)) {
            now = gate.ask(() -> named(pod).get());
            boolean late = System.nanoTime() - begin > PodDiagnosis.SHORT.toNanos();
            if (now == null) {
                // Another replica has waited for it too, and was faster to take it away: once more does no harm.
                create(pod);
            } else if (hasEnded(now) || (late && isPending(now) && trouble(pod).isPresent())) {
                return now;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ASK_EVERY_MILLIS));
        }
        return now;
    }

    /** The last warning about it. */
    private Optional<String> trouble(Pod pod) {
        List<Event> events = gate.ask(() -> client.v1()
                .events()
                .inNamespace(settings.systemNamespace())
                .withField("involvedObject.name", pod.getMetadata().getName())
                .withField("type", "Warning")
                .list()
                .getItems());
        return events.stream().map(Event::getMessage).filter(Objects::nonNull).reduce((_, later) -> later);
    }

    /** One that is there does the same already, here or for another replica. */
    private void create(Pod pod) {
        gate.attempt(() -> client.resource(pod).create(), ClusterGate.IS_THERE);
    }

    private void remove(Pod pod) {
        try {
            gate.ask(() -> named(pod).withGracePeriod(1).delete());
        } catch (KubernetesClientException e) {
            // It ends by itself, and does no harm if it is done once more.
            return;
        }
    }

    private PodResource named(Pod pod) {
        return client.pods()
                .inNamespace(settings.systemNamespace())
                .withName(pod.getMetadata().getName());
    }

    private static boolean isPending(Pod pod) {
        return isIn(pod, "Pending");
    }

    private static boolean hasEnded(Pod pod) {
        return isIn(pod, "Succeeded") || isIn(pod, "Failed");
    }

    private static boolean isIn(Pod pod, String phase) {
        return phase.equals(pod.getStatus().getPhase());
    }

    private String said(Pod pod) {
        List<String> lines = log.tail(pod, FolderPodFactory.CONTAINER, 3);
        if (!lines.isEmpty()) {
            return Sentences.quoted(String.join(" ", lines));
        }
        return trouble(pod).map(Sentences::quoted).orElse("the pod that does it did not end well, or not in time");
    }

    private static String sentence(Task task, String folder, String said) {
        String verb = switch (task) {
            case MAKE -> "made";
            case KEEP -> "kept";
            case DELETE -> "removed";
        };
        return "The home folder " + folder + " could not be " + verb + ": " + Sentences.of(said)
                + " Ask an administrator to look at the NFS export.";
    }
}
