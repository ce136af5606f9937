package io.benchtop.service.model.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.ModelPlace;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all pods have in common that load a model, which may be hostile (SECURITY.md S33–S36): fit for the restricted Pod Security
 * standard, without an account, with a root file system that cannot be written. An init container fetches the version's files into a
 * volume that lives as long as the pod, and it alone sees the token that they are given for. Pure.
 */
public final class ModelPods {

    /** Where the version's files lie. */
    public static final String MODEL_PATH = "/models/current";

    /** Keys of the Secret that a pod's containers read. */
    public static final String FETCH_TOKEN = "fetch-token";

    public static final String FETCH = "fetch";

    private static final String SECRETS_PATH = "/run/benchtop";
    private static final String MODEL = "model";
    private static final String TMP = "tmp";
    private static final long USER = 10_001;
    private static final String TMP_SIZE = "1Gi";

    private final ModelPodSettings settings;

    public ModelPods(ModelPodSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /**
     * @param component the last part of {@code app.kubernetes.io/name}
     * @return what tells our objects from everybody else's
     */
    public Map<String, String> labels(String component) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app.kubernetes.io/name", component);
        labels.put("app.kubernetes.io/managed-by", "benchtop");
        labels.put("app.kubernetes.io/instance", settings.installation());
        return labels;
    }

    /**
     * A pod that has fetched a version before its containers begin.
     *
     * @param secret the name of the Secret with {@link #FETCH_TOKEN}
     */
    public PodSpecBuilder frame(ModelPlace place, String secret, ModelHardware hardware) {
        String pull = settings.imagePullSecret();
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(hardware.nodeSelector().isEmpty() ? null : hardware.nodeSelector())
                .withTolerations(hardware.tolerations())
                .withRuntimeClassName(hardware.runtimeClass())
                .withImagePullSecrets(pull == null ? List.of() : List.of(new LocalObjectReference(pull)))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withInitContainers(fetch(place, hardware))
                .withVolumes(emptyFolder(MODEL, null), emptyFolder(TMP, TMP_SIZE), secretFile(secret, FETCH_TOKEN));
    }

    private Container fetch(ModelPlace place, ModelHardware hardware) {
        String from = settings.serviceUrl()
                .resolve("/internal/model-files/" + place.model() + "/" + place.version())
                .toString();
        return container(
                        FETCH,
                        List.of("fetch", "--from", from, "--token-file", path(FETCH_TOKEN), "--to", MODEL_PATH),
                        hardware)
                .withResources(hardware.withoutDevices())
                .withVolumeMounts(mount(MODEL, "/models", false), mount(TMP, "/tmp", false), secretMount(FETCH_TOKEN))
                .build();
    }

    /** A container that runs the model-server's program and reads the fetched files. */
    public static ContainerBuilder container(String name, List<String> arguments, ModelHardware hardware) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(hardware.image().value())
                .withImagePullPolicy("IfNotPresent")
                .withArgs(arguments)
                .withResources(hardware.resources())
                .withSecurityContext(security())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(mount(MODEL, "/models", true), mount(TMP, "/tmp", false));
    }

    /** One key of a Secret, as the file {@link #path}. */
    public static Volume secretFile(String secret, String key) {
        return new VolumeBuilder()
                .withName(key)
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(0440)
                .addNewItem()
                .withKey(key)
                .withPath(key)
                .endItem()
                .endSecret()
                .build();
    }

    public static VolumeMount secretMount(String key) {
        return mount(key, SECRETS_PATH + "/" + key, true);
    }

    /** Where the file of a Secret's key lies in containers that mount it. */
    public static String path(String key) {
        return SECRETS_PATH + "/" + key + "/" + key;
    }

    private static Volume emptyFolder(String name, @Nullable String size) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(size == null ? null : new Quantity(size))
                .endEmptyDir()
                .build();
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private static SecurityContext security() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
