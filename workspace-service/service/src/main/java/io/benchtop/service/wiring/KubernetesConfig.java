package io.benchtop.service.wiring;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.Optional;

/**
 * How servers run on Kubernetes ({@code BENCHTOP_KUBERNETES_NAMESPACE} …); of interest with {@code
 * BENCHTOP_SPAWNER=kubernetes} only. Wrong values stop the start.
 */
@ConfigurationProperties("benchtop.kubernetes")
public interface KubernetesConfig {

    /** Where servers run; nothing else should. */
    @Bindable(defaultValue = "benchtop-workspaces")
    String getNamespace();

    /** Where the service may run a short pod that makes a folder of an NFS export. */
    @Bindable(defaultValue = "benchtop")
    String getSystemNamespace();

    /** Tells the objects of several installations in one cluster apart. */
    @Bindable(defaultValue = "benchtop")
    String getInstallation();

    /** The image of servers whose profile names none. */
    Optional<String> getImage();

    /** The image that brings Benchtop's tools into every server. */
    Optional<String> getToolsImage();

    /** Where the proxy is reached from a pod; the public address if it is not given. */
    Optional<URI> getPlatformUrl();

    /** {@code claim}: a PersistentVolumeClaim for each home; {@code nfs}: a folder of one export for each. */
    @Bindable(defaultValue = "claim")
    String getHomes();

    /** For claims; the cluster's default class if it is not given. */
    Optional<String> getStorageClass();

    /** For claims. */
    @Bindable(defaultValue = "10Gi")
    String getHomeSize();

    /** For NFS. */
    Optional<String> getNfsServer();

    /** For NFS. */
    Optional<String> getNfsPath();

    /** For NFS: the claim in the namespace of servers that is bound to the export. */
    @Bindable(defaultValue = "benchtop-homes")
    String getNfsClaim();

    /** The name of a Secret in the namespace of servers. */
    Optional<String> getImagePullSecret();

    /** Of servers; its token is never given to them. */
    Optional<String> getServiceAccount();

    /** The image of the model-server; without it models are neither checked nor served. */
    Optional<String> getModelServerImage();

    /** Where models are checked and served; nothing else should. */
    @Bindable(defaultValue = "benchtop-models")
    String getModelNamespace();

    /** Of each pod that loads a model. */
    @Bindable(defaultValue = "250m")
    String getModelCpuRequest();

    /** Of each pod that loads a model. */
    @Bindable(defaultValue = "512Mi")
    String getModelMemoryRequest();

    /** Of each pod that serves a model. */
    @Bindable(defaultValue = "2Gi")
    String getModelMemoryLimit();

    /** What else pods may serve models on, as JSON: a list of name, image, resources, nodeSelector and tolerations. */
    @Bindable(defaultValue = "[]")
    String getModelHardware();

    /** The name of the hardware on which versions are tried before they are taken. */
    @Bindable(defaultValue = "default")
    String getModelTriedOn();

    /** The name of a Secret in the namespace of models. */
    Optional<String> getModelPullSecret();

    /** Where pods of models reach this service. */
    Optional<URI> getServiceUrl();

    /** The label {@code app.kubernetes.io/instance} of proxy and service, which alone may reach model-servers. */
    @Bindable(defaultValue = "benchtop")
    String getRelease();
}
