package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.kubernetes.HomeStore.Claims;
import io.benchtop.service.spawn.kubernetes.HomeStore.NfsExport;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Homes as claims of their own, or as folders of one export. Either way the name holds the workspace's id, which is never
 * used again: no workspace finds the files of another, and what is kept can be found by the label {@code benchtop.io/kept} or
 * in the folder {@code .kept}.
 */
public final class KubernetesHomes implements Homes {

    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final HomeClaimFactory claimFactory;
    private final NfsFolders folders;

    public KubernetesHomes(KubernetesCluster cluster) {
        this.client = cluster.client();
        this.gate = cluster.gate();
        this.settings = requireNonNull(cluster.settings(), "settings is null");
        this.claimFactory = new HomeClaimFactory(settings);
        this.folders = new NfsFolders(client, gate, settings);
    }

    /**
     * Makes the home if it is not there; one that was made for nobody becomes this workspace's.
     *
     * @throws SpawnerAway if an earlier one is still being removed; the start waits for that as for an outage
     */
    void prepare(SpawnRequest request) {
        switch (settings.homes()) {
            case Claims claims -> makeClaim(request, claims);
            case NfsExport export -> folders.make(export, request);
        }
    }

    private void makeClaim(SpawnRequest request, Claims claims) {
        PersistentVolumeClaim wanted = claimFactory.claimFor(request, claims);
        if (gate.attempt(() -> client.resource(wanted).create(), ClusterGate.IS_THERE)
                .isEmpty()) {
            adopt(gate.ask(() -> claim(request.id()).get()), request);
        }
    }

    private void adopt(@Nullable PersistentVolumeClaim there, SpawnRequest request) {
        if (there != null && !Labels.areOn(there, settings.installation(), request.id())) {
            throw new NotOurs("PersistentVolumeClaim", there);
        }
        if (there == null || isBeingRemoved(there) || !isClaimed(there, request)) {
            throw new SpawnerAway("An unused home " + ObjectNames.home(request.id())
                    + " is still being removed; the start goes on when that is done.");
        }
    }

    private boolean isClaimed(PersistentVolumeClaim there, SpawnRequest request) {
        return Labels.warm(there)
                .map(seen -> WarmLabel.claim(gate, claim(request.id()), seen, Labels.ofPerson(request), Map.of())
                        .isPresent())
                .orElse(true);
    }

    /** Whether it is gone, or will be soon. */
    boolean isBeingRemoved(WorkspaceId id) {
        PersistentVolumeClaim there = gate.ask(() -> claim(id).get());
        return there == null || isBeingRemoved(there);
    }

    private static boolean isBeingRemoved(PersistentVolumeClaim claim) {
        return claim.getMetadata().getDeletionTimestamp() != null
                || Labels.warm(claim).filter(Labels.DISCARDED::equals).isPresent();
    }

    @Override
    public String path(UserName owner, Slug slug, WorkspaceId id) {
        return switch (settings.homes()) {
            case Claims _ -> "claim " + settings.namespace() + "/" + ObjectNames.home(id);
            case NfsExport export ->
                export.server() + ":" + export.path() + "/" + owner + "/" + ObjectNames.folder(slug, id);
        };
    }

    /** A new workspace's home has a name that no home ever had. */
    @Override
    public boolean exists(UserName owner, Slug slug) {
        return false;
    }

    @Override
    public void keep(UserName owner, Slug slug, WorkspaceId id) {
        switch (settings.homes()) {
            case Claims _ -> keepClaim(id);
            case NfsExport export -> folders.keep(export, owner, slug, id);
        }
    }

    private void keepClaim(WorkspaceId id) {
        PersistentVolumeClaim there = gate.ask(() -> claim(id).get());
        if (there != null && Labels.areOn(there, settings.installation(), id)) {
            gate.ask(() -> claim(id).edit(claim -> {
                claim.getMetadata().getLabels().remove(Labels.WORKSPACE);
                claim.getMetadata().getLabels().put(Labels.KEPT, "true");
                return claim;
            }));
        }
    }

    @Override
    public void delete(UserName owner, Slug slug, WorkspaceId id) {
        switch (settings.homes()) {
            case Claims _ -> deleteClaim(id);
            case NfsExport export -> folders.delete(export, owner, slug, id);
        }
    }

    /** Only ours, and not one that is kept; the cluster takes its time with the files. */
    private void deleteClaim(WorkspaceId id) {
        try {
            PersistentVolumeClaim there = gate.ask(() -> claim(id).get());
            if (there != null && Labels.areOn(there, settings.installation(), id)) {
                gate.ask(() -> claim(id).delete());
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    private Resource<PersistentVolumeClaim> claim(WorkspaceId id) {
        return client.persistentVolumeClaims().inNamespace(settings.namespace()).withName(ObjectNames.home(id));
    }
}
