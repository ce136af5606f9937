package io.benchtop.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class NoDatasetStoreTest {

    private final NoDatasetStore store = new NoDatasetStore();

    @Test
    void anUploadIsRefusedBeforeItBeginsAndTheSentenceNamesWhatToSet() {
        assertThatThrownBy(store::requirePlace)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no place for them is set")
                .hasMessageContaining("BENCHTOP_DATASET_FOLDER");
    }

    @Test
    void noByteIsTaken() {
        // Given
        DatasetId dataset = DatasetId.random();
        UploadId upload = UploadId.random();
        FilePath file = new FilePath("a.csv");

        // Then
        assertThatThrownBy(() -> store.append(dataset, upload, file, 0, new ByteArrayInputStream(new byte[1])))
                .isInstanceOf(ProblemException.class);
        assertThat(store.list(dataset, upload)).isEmpty();
        assertThat(store.folder(dataset, upload)).isEmpty();
    }
}
