package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.RecordingWatch;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartOutcome.Failed;
import io.benchtop.service.spawn.StartOutcome.Started;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Homes of a real cluster, as claims and as folders of an export that belongs to root. */
class KubernetesHomesIT {

    private static final UserName ALICE = new UserName("alice");
    private static final Slug SLUG = new Slug("experiment");

    private final WorkspaceId id = WorkspaceId.random();
    private TestingCluster cluster;
    private TestingSpawner testing;

    @BeforeEach
    void openCluster() {
        cluster = TestingCluster.open("homes");
    }

    @AfterEach
    void end() {
        if (testing != null) {
            testing.spawner().list().keySet().forEach(testing.spawner()::stop);
            testing.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private StartOutcome start() {
        SpawnRequest request =
                new SpawnRequest(id, 1, ALICE, SLUG, ServerSpec.of(new Resources(128L << 20, null, 0.05)));
        return testing.spawner().start(request, new RecordingWatch());
    }

    @Test
    void aClaimIsKeptUnderAnotherLabelOrDeleted() {
        // Given
        testing = TestingSpawner.in(cluster);
        assertThat(start()).isInstanceOf(Started.class);
        testing.spawner().stop(id);

        // When
        testing.homes().keep(ALICE, SLUG, id);
        testing.homes().keep(ALICE, SLUG, id);
        testing.homes().delete(ALICE, SLUG, id);

        // Then
        assertThat(claim().getMetadata().getLabels())
                .containsEntry(Labels.KEPT, "true")
                .doesNotContainKey(Labels.WORKSPACE);
    }

    @Test
    void aClaimIsDeletedWithItsWorkspace() {
        // Given
        testing = TestingSpawner.in(cluster);
        assertThat(start()).isInstanceOf(Started.class);
        testing.spawner().stop(id);

        // When
        testing.homes().delete(ALICE, SLUG, id);
        testing.homes().delete(ALICE, SLUG, id);

        // Then
        PersistentVolumeClaim left = claim();
        assertThat(left == null || left.getMetadata().getDeletionTimestamp() != null)
                .isTrue();
    }

    private PersistentVolumeClaim claim() {
        return cluster.client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.home(id))
                .get();
    }

    @Test
    void aFolderOfAnExportThatBelongsToRootIsMadeForTheUserMovedAndRemoved() throws IOException {
        // Given
        Path export = cluster.makeExport();
        testing = TestingSpawner.in(cluster, cluster.export(), TestingCluster.config());

        // When
        assertThat(start()).isInstanceOf(Started.class);

        // Then
        Path home = export.resolve("alice").resolve(ObjectNames.folder(SLUG, id));
        assertThat(home.resolve("written")).hasContent("by the server");
        assertThat(Files.getAttribute(home, "unix:uid")).isEqualTo(1000);
        assertThat(Files.getAttribute(home, "unix:gid")).isEqualTo(100);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.getParent())))
                .isEqualTo("rwx--x--x");

        // When
        testing.spawner().stop(id);
        testing.homes().keep(ALICE, SLUG, id);
        testing.homes().keep(ALICE, SLUG, id);

        // Then
        Path kept = export.resolve(".kept/alice").resolve(home.getFileName());
        assertThat(kept.resolve("written")).exists();
        assertThat(home).doesNotExist();

        // When
        assertThat(start()).isInstanceOf(Started.class);
        testing.spawner().stop(id);
        testing.homes().delete(ALICE, SLUG, id);
        testing.homes().delete(ALICE, SLUG, id);

        // Then
        assertThat(home.getParent()).isEmptyDirectory();
    }

    @Test
    void saysThatTheExportIsNotThere() {
        // Given
        testing = TestingSpawner.in(
                cluster,
                new HomeStore.NfsExport("127.0.0.1", "/no/such/export", TestingCluster.EXPORT_CLAIM),
                TestingCluster.config());
        cluster.makeSystemNamespace();

        // When
        StartOutcome outcome = start();

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.ending().code()).isEqualTo(EndingCode.VOLUME_UNAVAILABLE);
            assertThat(failed.ending().sentence()).contains("/no/such/export/alice/experiment-");
        });
    }
}
