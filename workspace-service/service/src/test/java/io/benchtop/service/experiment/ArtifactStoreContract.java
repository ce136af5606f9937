package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.experiment.ArtifactStore.Content;
import io.benchtop.service.experiment.ArtifactStore.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import org.junit.jupiter.api.Test;

/** What every store of artifacts holds to. */
public abstract class ArtifactStoreContract {

    /** Empty. */
    protected abstract ArtifactStore store();

    private static ArtifactPath path(String text) {
        return ArtifactPath.parse(text);
    }

    private void write(String path, String content) throws IOException {
        store().write(path(path), new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(String path) throws IOException {
        Content content = store().open(path(path)).orElseThrow();
        try (InputStream stream = content.stream()) {
            byte[] bytes = stream.readAllBytes();
            assertThat(content.size()).isEqualTo(bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Test
    void givesBackWhatWasWrittenAndTheLastOfTwo() throws IOException {
        // When
        write("1/run/a b/ü.txt", "first");
        write("1/run/a b/ü.txt", "the second");
        write("1/run/empty", "");

        // Then
        assertThat(read("1/run/a b/ü.txt")).isEqualTo("the second");
        assertThat(read("1/run/empty")).isEmpty();
        assertThat(store().list(path("1/run")))
                .containsExactly(new Entry("a b", true, 0), new Entry("empty", false, 0));
        assertThat(store().list(path("1/run/a b"))).containsExactly(new Entry("ü.txt", false, 10));
        assertThat(store().list(path("1"))).containsExactly(new Entry("run", true, 0));
    }

    @Test
    void whatIsNotThereIsNotThere() throws IOException {
        // Given
        write("1/file", "x");

        // Then
        assertThat(store().list(path("2"))).isEmpty();
        assertThat(store().list(path("1/file"))).isEmpty();
        assertThat(store().open(path("1"))).isEmpty();
        assertThat(store().open(path("1/none"))).isEmpty();
        assertThat(store().open(path("1/file/below"))).isEmpty();
        assertThat(store().remove(path("1/none"))).isFalse();
    }

    @Test
    void contentThatBreaksOffLeavesNothingAndWhatWasThereStays() throws IOException {
        // Given
        write("1/kept", "whole");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the notebook died");
            }
        });

        // Then
        assertThatThrownBy(() -> store().write(path("1/kept"), broken)).hasMessageContaining("the notebook died");
        assertThatThrownBy(() -> store().write(path("1/new/file"), broken)).isInstanceOf(IOException.class);
        assertThat(read("1/kept")).isEqualTo("whole");
        assertThat(store().list(path("1"))).extracting(Entry::name).doesNotContain("file");
        assertThat(store().open(path("1/new/file"))).isEmpty();
    }

    @Test
    void aFileIsNoFolderAndAFolderNoFile() throws IOException {
        // Given
        write("1/folder/file", "x");

        // Then
        assertThatThrownBy(() -> write("1/folder", "y")).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> write("1/folder/file/below", "y")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read("1/folder/file")).isEqualTo("x");
    }

    @Test
    void aFolderGoesWithAllThatIsInIt() throws IOException {
        // Given
        write("1/run/a/b", "x");
        write("1/run/c", "x");
        write("1/other", "x");

        // When
        boolean removed = store().remove(path("1/run"));

        // Then
        assertThat(removed).isTrue();
        assertThat(store().list(path("1"))).containsExactly(new Entry("other", false, 1));
    }
}
