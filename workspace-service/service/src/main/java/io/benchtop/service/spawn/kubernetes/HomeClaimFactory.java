package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.kubernetes.HomeStore.Claims;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** The claim that is a home. */
final class HomeClaimFactory {

    private final KubernetesSettings settings;

    HomeClaimFactory(KubernetesSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    PersistentVolumeClaim claimFor(SpawnRequest request, Claims claims) {
        return claim(request.id(), Labels.ofHome(settings.installation(), request), claims);
    }

    PersistentVolumeClaim warmClaimFor(WorkspaceId id, String kind, Claims claims) {
        return claim(id, Labels.ofWarmHome(settings.installation(), id, kind), claims);
    }

    private PersistentVolumeClaim claim(WorkspaceId id, Map<String, String> labels, Claims claims) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(ObjectNames.home(id))
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(claims.storageClass())
                .withNewResources()
                .addToRequests("storage", new Quantity(claims.size()))
                .endResources()
                .endSpec()
                .build();
    }
}
