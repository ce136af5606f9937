package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.benchtop.service.profile.ImageReference;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A namespace of the real cluster that {@code KUBECONFIG} names, with Pod Security "restricted", and a storage class of the
 * same name whose volumes are folders of this machine, which is the cluster's node. Without a cluster the tests are skipped,
 * but never in CI.
 */
public final class TestingCluster implements AutoCloseable {

    static final String EXPORT_CLAIM = "benchtop-homes";

    private final KubernetesClient client;
    private final String namespace;
    private final Path folders;
    private final Provisioner provisioner = new Provisioner();

    private TestingCluster(KubernetesClient client, String name) throws IOException {
        this.client = client;
        this.namespace = "spawner-" + name + "-"
                + HexFormat.of()
                        .toHexDigits((short) RandomGenerator.getDefault().nextInt());
        this.folders = Files.createTempDirectory(namespace);
        Files.setPosixFilePermissions(folders, PosixFilePermissions.fromString("rwxr-xr-x"));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        // With the name of a provisioner outside, as real classes have, the cluster waits for it; without one it would
        // say of
        // every claim that nobody can provide it.
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("testing", namespace)
                        .endMetadata()
                        .withProvisioner("benchtop.io/testing")
                        .build())
                .create();
        client.persistentVolumeClaims().inNamespace(namespace).inform(provisioner);
    }

    /**
     * A cluster is used only where {@code TEST_REGISTRY} says that tests may: {@code KUBECONFIG} alone may be somebody's
     * production. Without one the tests are skipped with a sentence, and fail in CI unless it says that it goes without.
     */
    public static TestingCluster open(String name) {
        if (System.getenv("TEST_REGISTRY") == null) {
            return without("TEST_REGISTRY is not set");
        }
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config()).build();
        try {
            return new TestingCluster(client, name);
        } catch (KubernetesClientException e) {
            client.close();
            return without("no Kubernetes cluster answers: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestingCluster without(String why) {
        String sentence = "These tests need a cluster that tests may use (" + why + "): see CONTRIBUTING.md.";
        boolean required =
                "true".equals(System.getenv("CI")) && !"true".equals(System.getenv("BENCHTOP_WITHOUT_CLUSTER"));
        return required ? fail(sentence) : abort(sentence);
    }

    /** One of our own images, as {@code ./benchtop images --push} has left it; without it the tests are skipped, but never in CI. */
    public ImageReference built(String name) {
        return TestingImage.built(name).orElseGet(() -> {
            without("the image " + name + " is not built");
            throw new AssertionError();
        });
    }

    static Config config() {
        return Config.autoConfigure(null);
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    /** What a service is given to run its servers here. */
    public Map<String, String> environment() {
        String image = TestingImage.inRegistry().value();
        return Map.of(
                "BENCHTOP_SPAWNER",
                "kubernetes",
                "BENCHTOP_KUBERNETES_NAMESPACE",
                namespace,
                "BENCHTOP_KUBERNETES_STORAGE_CLASS",
                namespace,
                "BENCHTOP_KUBERNETES_HOME_SIZE",
                "1Gi",
                "BENCHTOP_KUBERNETES_IMAGE",
                image,
                "BENCHTOP_KUBERNETES_TOOLS_IMAGE",
                image);
    }

    public TestingServers servers() {
        return new TestingServers(client, namespace);
    }

    /** From now on a new claim waits for its volume, and with it the start of its server. */
    public void holdVolumes() {
        provisioner.hold();
    }

    public void provideVolumes() {
        provisioner.provideHeld();
    }

    HomeStore claims() {
        return new HomeStore.Claims(namespace, "1Gi");
    }

    /** A folder that belongs to root and that the cluster sees as an NFS export, with a claim for it. */
    Path makeExport() throws IOException {
        makeSystemNamespace();
        Path folder = Files.createDirectories(exports().resolve(namespace));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, Quantity> size = Map.of("storage", new Quantity("1Gi"));
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(namespace + "-export")
                        .addToLabels("testing", namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(size)
                        .withAccessModes("ReadWriteMany")
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withStorageClassName("")
                        .withNewClaimRef()
                        .withNamespace(namespace)
                        .withName(EXPORT_CLAIM)
                        .endClaimRef()
                        .withNewNfs("/" + namespace, null, "127.0.0.1")
                        .endSpec()
                        .build())
                .create();
        client.resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(EXPORT_CLAIM)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteMany")
                        .withStorageClassName("")
                        .withVolumeName(namespace + "-export")
                        .withNewResources()
                        .withRequests(size)
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        return folder;
    }

    HomeStore export() {
        return new HomeStore.NfsExport("127.0.0.1", "/" + namespace, EXPORT_CLAIM);
    }

    /** Where the short pods run that make folders; they need less than "restricted" and no more than "baseline". */
    void makeSystemNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(systemNamespace())
                        .addToLabels("pod-security.kubernetes.io/enforce", "baseline")
                        .endMetadata()
                        .build())
                .create();
    }

    String systemNamespace() {
        return namespace + "-system";
    }

    private static Path exports() {
        return Path.of(Objects.requireNonNull(System.getenv("TEST_NFS_EXPORTS"), "TEST_NFS_EXPORTS is not set"));
    }

    @Override
    public void close() {
        client.namespaces().withName(systemNamespace()).delete();
        client.namespaces().withName(namespace).delete();
        client.persistentVolumes().withLabels(Map.of("testing", namespace)).delete();
        client.storage().v1().storageClasses().withName(namespace).delete();
        client.close();
    }

    /** Makes a folder for each claim of our class. */
    private final class Provisioner implements ResourceEventHandler<PersistentVolumeClaim> {

        private final List<PersistentVolumeClaim> waiting = new ArrayList<>();
        private boolean holds;

        @Override
        public synchronized void onAdd(PersistentVolumeClaim claim) {
            if (!namespace.equals(claim.getSpec().getStorageClassName())) {
                return;
            }
            if (holds) {
                waiting.add(claim);
            } else {
                provide(claim);
            }
        }

        synchronized void hold() {
            holds = true;
        }

        synchronized void provideHeld() {
            holds = false;
            waiting.forEach(this::provide);
            waiting.clear();
        }

        private void provide(PersistentVolumeClaim claim) {
            // Not by its name: there may be another one of the same name after it.
            String name = namespace + "-" + claim.getMetadata().getUid();
            try {
                Path folder = Files.createDirectories(folders.resolve(name));
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
                client.resource(new PersistentVolumeBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("testing", namespace)
                                .endMetadata()
                                .withNewSpec()
                                .withCapacity(claim.getSpec().getResources().getRequests())
                                .withAccessModes(claim.getSpec().getAccessModes())
                                .withPersistentVolumeReclaimPolicy("Retain")
                                .withStorageClassName(namespace)
                                .withNewClaimRef()
                                .withNamespace(namespace)
                                .withName(claim.getMetadata().getName())
                                .endClaimRef()
                                .withNewHostPath(folder.toString(), "Directory")
                                .endSpec()
                                .build())
                        .create();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onUpdate(PersistentVolumeClaim before, PersistentVolumeClaim claim) {}

        @Override
        public void onDelete(PersistentVolumeClaim claim, boolean unknown) {}
    }
}
