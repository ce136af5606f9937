package io.benchtop.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What every store of files of datasets holds to. */
public abstract class DatasetStoreContract {

    private static final DatasetId DATASET = DatasetId.random();
    private static final UploadId UPLOAD = UploadId.random();
    private static final FilePath FILE = new FilePath("day=2026-01-01/a b.csv");

    /** The same each time. */
    protected abstract DatasetStore store();

    private long append(FilePath file, long offset, String text) throws IOException {
        return store().append(
                        DATASET, UPLOAD, file, offset, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String read(ReadableFile file, long offset, long length) throws IOException {
        try (InputStream content = file.read(offset, length)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void keepsPiecesInOrderAndReadsAnyPartOfThem() throws IOException {
        // When
        long first = append(FILE, 0, "hello ");
        long second = append(FILE, first, "world");
        append(new FilePath("a"), 0, "");
        store().sync(DATASET, UPLOAD, FILE);

        // Then
        ReadableFile file = store().open(DATASET, UPLOAD, FILE);
        assertThat(second).isEqualTo(11);
        assertThat(file.size()).isEqualTo(11);
        assertThat(read(file, 0, 11)).isEqualTo("hello world");
        assertThat(read(file, 4, 4)).isEqualTo("o wo");
        assertThat(read(file, 11, 0)).isEmpty();
        assertThat(store().list(DATASET, UPLOAD))
                .containsExactly(
                        new DatasetStore.StoredFile(new FilePath("a"), 0), new DatasetStore.StoredFile(FILE, 11));
    }

    @Test
    void refusesAnotherOffsetAndSaysHowMuchThereIs() throws IOException {
        append(FILE, 0, "hello");
        assertThatThrownBy(() -> append(FILE, 3, "x"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_OFFSET))
                .hasMessageContaining("There are 5 bytes");
        assertThat(append(FILE, 0, "anew")).isEqualTo(4);
    }

    @Test
    void keepsWhatCameBeforeABreak() throws IOException {
        // Given
        InputStream breaking = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("connection reset");
                }
                return 'x';
            }
        };

        // When
        assertThatThrownBy(() -> store().append(DATASET, UPLOAD, FILE, 0, breaking))
                .hasMessage("connection reset");

        // Then
        long kept = store().list(DATASET, UPLOAD).getFirst().size();
        assertThat(append(FILE, kept, "end")).isEqualTo(kept + 3);
    }

    @Test
    void refusesAFileWhereThereIsAFolderAndTheOtherWayRound() throws IOException {
        append(new FilePath("a/b"), 0, "x");
        assertThatThrownBy(() -> append(new FilePath("a"), 0, "x")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> append(new FilePath("a/b/c"), 0, "x")).isInstanceOf(ProblemException.class);
    }

    @Test
    void removesAnUploadAndWhatIsNotThereAtAll() throws IOException {
        // Given
        append(FILE, 0, "x");

        // When
        store().remove(DATASET, UPLOAD);
        store().remove(DATASET, UPLOAD);
        store().remove(DATASET);

        // Then
        assertThat(store().list(DATASET, UPLOAD)).isEmpty();
        assertThatThrownBy(() -> store().open(DATASET, UPLOAD, FILE)).isInstanceOf(NoSuchFileException.class);
    }
}
