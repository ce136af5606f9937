package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.kubernetes.HomeStore.NfsExport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Locale;
import java.util.Map;

/**
 * A short pod of the system's namespace that does one thing to one folder of the export. It is root, as the export's owner
 * is, with the three rights that this takes and no other; the folders above homes belong to root and nobody else writes to
 * them, so that no path in it can be turned elsewhere.
 */
final class FolderPodFactory {

    static final String CONTAINER = "folder";

    private static final String MOUNT = "/homes";
    private static final Map<String, Quantity> RESOURCES =
            Map.of("cpu", new Quantity("100m"), "memory", new Quantity("64Mi"));

    /** What is done, by the tools' program {@code home}. Each may be repeated. */
    enum Task {
        MAKE(60),
        KEEP(60),
        DELETE(900);

        private final long seconds;

        Task(long seconds) {
            this.seconds = seconds;
        }

        long seconds() {
            return seconds;
        }

        private String verb() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final KubernetesSettings settings;

    FolderPodFactory(KubernetesSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    Pod podFor(Task task, NfsExport export, UserName owner, Slug slug, WorkspaceId id) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(ObjectNames.home(id) + "-" + task.verb())
                .withNamespace(settings.systemNamespace())
                .withLabels(Labels.of(settings.installation(), id))
                .addToLabels("app.kubernetes.io/name", "benchtop-home")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(task.seconds())
                .withTerminationGracePeriodSeconds(1L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .addNewContainer()
                .withName(CONTAINER)
                .withImage(settings.toolsImage().value())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/opt/benchtop-tools/home", task.verb(), owner.value(), ObjectNames.folder(slug, id))
                .withWorkingDir(MOUNT)
                .withNewResources()
                .withRequests(RESOURCES)
                .withLimits(RESOURCES)
                .endResources()
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd("CHOWN", "DAC_OVERRIDE", "FOWNER")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("homes")
                .withMountPath(MOUNT)
                .endVolumeMount()
                .endContainer()
                .withImagePullSecrets(PodFactory.pullSecrets(settings))
                .addNewVolume()
                .withName("homes")
                .withNewNfs(export.path(), null, export.server())
                .endVolume()
                .endSpec()
                .build();
    }
}
