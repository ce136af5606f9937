package io.benchtop.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of files of models holds to. */
public abstract class ModelStoreContract {

    private static final ModelPlace PLACE = new ModelPlace(new ModelName("Risk"), SemanticVersion.parse("0.0.1"));
    private static final PublishedFile MODEL = SampleModels.file("model.onnx", "hello world");
    private static final PublishedFile MORE = SampleModels.file("more/a b.txt", "more");
    private static final byte[] MANIFEST = "{}".getBytes(StandardCharsets.UTF_8);

    /** The same each time. */
    protected abstract ModelStore store();

    private long append(PublishedFile file, long offset, String text) throws IOException {
        return store().append(PLACE, file, offset, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(ReadableFile file) throws IOException {
        try (InputStream content = file.read()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void isNoVersionBeforeItsManifestIsThere() throws IOException {
        // When
        append(MODEL, 0, "hello world");
        append(MORE, 0, "more");

        // Then
        assertThat(text(store().uploaded(PLACE, MODEL))).isEqualTo("hello world");
        assertThatThrownBy(() -> store().read(PLACE, MODEL.path())).isInstanceOf(NoSuchFileException.class);
        try (ModelStore.LocalFiles local = store().open(PLACE, List.of(MODEL, MORE))) {
            assertThat(Files.readString(local.folder().resolve("more/a b.txt"))).isEqualTo("more");
        }
        store().publish(PLACE, List.of(MODEL, MORE), MANIFEST);
        store().publish(PLACE, List.of(MODEL, MORE), MANIFEST);
        assertThat(text(store().read(PLACE, MODEL.path()))).isEqualTo("hello world");
        assertThat(text(store().read(PLACE, new FilePath("manifest.json")))).isEqualTo("{}");
        try (InputStream piece = store().read(PLACE, MODEL.path()).read(4, 4)) {
            assertThat(new String(piece.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("o wo");
        }
        assertThatThrownBy(() -> store().read(PLACE, new FilePath("nothing"))).isInstanceOf(NoSuchFileException.class);
        try (ModelStore.LocalFiles local = store().open(PLACE, List.of(MODEL, MORE))) {
            assertThat(local.folder().resolve("model.onnx")).hasContent("hello world");
        }
    }

    @Test
    void whatIsWholeIsNotWrittenAgain() throws IOException {
        append(MODEL, 0, "hello world");
        assertThat(append(MODEL, 0, "HELLO WORLD")).isEqualTo(11);
        assertThat(text(store().uploaded(PLACE, MODEL))).isEqualTo("hello world");
        store().discard(PLACE, MODEL);
        assertThatThrownBy(() -> store().uploaded(PLACE, MODEL)).isInstanceOf(NoSuchFileException.class);
        append(MODEL, 0, "HELLO WORLD");
        assertThat(text(store().uploaded(PLACE, MODEL))).isEqualTo("HELLO WORLD");
    }

    @Test
    void goesOnWithPiecesAndSaysHowMuchThereIs() throws IOException {
        assertThat(append(MODEL, 0, "hello ")).isEqualTo(6);
        assertThatThrownBy(() -> store().uploaded(PLACE, MODEL)).isInstanceOf(NoSuchFileException.class);
        refused(3, "x", ErrorCode.WRONG_OFFSET, "There are 6 bytes");
        assertThat(append(MODEL, 0, "HELLO")).isEqualTo(5);
        assertThat(append(MODEL, 5, " wor")).isEqualTo(9);
        assertThat(append(MODEL, 9, "ld")).isEqualTo(11);
        assertThat(text(store().uploaded(PLACE, MODEL))).isEqualTo("HELLO world");
        assertThat(append(MODEL, 0, "anew")).isEqualTo(11);
    }

    @Test
    void refusesMoreThanWasAnnounced() throws IOException {
        refused(0, "hello world and more", ErrorCode.TOO_LARGE, "11 bytes");
        assertThatThrownBy(() -> store().uploaded(PLACE, MODEL)).isInstanceOf(NoSuchFileException.class);
        assertThat(append(MODEL, 0, "hello world")).isEqualTo(11);
    }

    private void refused(long offset, String text, ErrorCode code, String said) {
        assertThatThrownBy(() -> append(MODEL, offset, text))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    @Test
    void removesAVersionAndWhatIsNotThereAtAll() throws IOException {
        // Given
        append(MODEL, 0, "hello world");
        store().publish(PLACE, List.of(MODEL), MANIFEST);

        // When
        store().remove(PLACE);
        store().remove(PLACE);

        // Then
        assertThatThrownBy(() -> store().read(PLACE, MODEL.path())).isInstanceOf(NoSuchFileException.class);
        assertThat(append(MODEL, 0, "hello world")).isEqualTo(11);
    }
}
