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

    /** What is done; {@code $1} is the owner, {@code $2} the folder's name. Each may be repeated. */
    enum Task {
        MAKE(60, """
                set -eu
                mkdir -p -m 0711 "$1"
                if [ ! -d "$1/$2" ]; then
                  rm -rf "$1/.$2.new"
                  mkdir -m 0700 "$1/.$2.new"
                  chown 1000:100 "$1/.$2.new"
                  mv -T "$1/.$2.new" "$1/$2"
                fi
                """),
        KEEP(60, """
                set -eu
                if [ -d "$1/$2" ]; then
                  mkdir -p -m 0700 ".kept/$1"
                  mv -T "$1/$2" ".kept/$1/$2"
                fi
                """),
        DELETE(900, """
                set -eu
                if [ -d "$1/$2" ]; then
                  rm -rf "$1/.$2.deleted"
                  mv -T "$1/$2" "$1/.$2.deleted"
                fi
                rm -rf "$1/.$2.deleted"
                """);

        private final long seconds;
        private final String script;

        Task(long seconds, String script) {
            this.seconds = seconds;
            this.script = script;
        }

        long seconds() {
            return seconds;
        }
    }

    private final KubernetesSettings settings;

    FolderPodFactory(KubernetesSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    Pod podFor(Task task, NfsExport export, UserName owner, Slug slug, WorkspaceId id) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(ObjectNames.home(id) + "-" + task.name().toLowerCase(Locale.ROOT))
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
                .withCommand("/bin/sh", "-c", task.script, "sh", owner.value(), ObjectNames.folder(slug, id))
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
