package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source of files holds to. */
public abstract class FileSourceContract {

    /** With the root that {@link #put} writes below. */
    protected abstract FileSource source();

    protected abstract void put(String path, String content) throws IOException;

    protected abstract void remove(String path) throws IOException;

    @Test
    void listsWhatIsBelowAFolderByPathWithoutWhatIsHidden() throws IOException {
        // Given
        put("sales/day=2/b.csv", "22");
        put("sales/day=1/a.csv", "1");
        put("sales/_SUCCESS", "");
        put("sales/.crc/x", "x");
        put("sales/_temporary/x", "x");
        put("salesmen/c.csv", "333");
        put("ü b.csv", "1");

        // Then
        assertThat(source().list("sales", 10))
                .extracting(SourceFile::path)
                .containsExactly("sales/day=1/a.csv", "sales/day=2/b.csv");
        assertThat(source().list("", 10)).hasSize(4);
        assertThat(source().list("sales/day=2/b.csv", 10))
                .extracting(SourceFile::size)
                .containsExactly(2L);
        assertThat(source().list("nothing", 10)).isEmpty();
    }

    @Test
    void saysThatThereAreTooMany() throws IOException {
        // Given
        put("a", "1");
        put("b", "1");

        // Then
        assertThat(source().list("", 2)).hasSize(2);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source().list("", 1))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    @Test
    void readsAnyPieceOfAFile() throws IOException {
        // Given
        put("f", "0123456789");
        ReadableFile file = source().open(source().list("f", 1).get(0));

        // Then
        assertThat(file.size()).isEqualTo(10);
        assertThat(text(file.read())).isEqualTo("0123456789");
        assertThat(text(file.read(3, 4))).isEqualTo("3456");
        assertThat(text(file.read(8, 100))).isEqualTo("89");
        assertThat(text(file.read(10, 1))).isEmpty();
        try (InputStream half = file.read()) {
            assertThat(half.read()).isEqualTo('0');
        }
    }

    @Test
    void aFileThatChangedIsNotReadAsTheOldOne() throws IOException {
        // Given
        put("f", "old");
        put("g", "old");
        ReadableFile changed = source().open(source().list("f", 1).get(0));
        ReadableFile gone = source().open(source().list("g", 1).get(0));

        // When
        put("f", "new");
        remove("g");

        // Then
        for (ReadableFile file : List.of(changed, gone)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(file::read)
                    .withMessageContaining("\"" + file.name() + "\"")
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.VERSION_CHANGED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../../b", "/etc", "a//b", "a/", "./a", "a\nb"})
    void noPathLeadsOutOfTheRoot(String path) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source().list(path, 10))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_FIELD));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source().open(new SourceFile(path, 1, "x")).read());
    }

    protected static String text(InputStream bytes) throws IOException {
        try (bytes) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
