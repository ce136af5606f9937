package io.benchtop.service.experiment.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.experiment.ArtifactPath;
import io.benchtop.service.experiment.ArtifactStore;
import io.benchtop.service.experiment.ArtifactStoreContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactStoreTest extends ArtifactStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ArtifactStore store() {
        return new FolderArtifactStore(folder);
    }

    @Test
    void leavesNothingHalfWrittenBehind() throws IOException {
        // When
        store().write(ArtifactPath.parse("1/a"), new ByteArrayInputStream(new byte[1]));
        store().remove(ArtifactPath.parse("1/a"));

        // Then
        assertThat(folder.resolve(".uploads")).isEmptyDirectory();
    }

    @Test
    void followsNoLink() throws IOException {
        // Given
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        Files.createDirectories(folder.resolve("1"));
        Files.createSymbolicLink(folder.resolve("1").resolve("link"), secret);

        // Then
        assertThat(store().open(ArtifactPath.parse("1/link"))).isEmpty();
    }
}
