package io.benchtop.service.connection.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.connection.DataFolders;
import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.connection.FileSourceContract;
import io.benchtop.service.connection.SampleConnection;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFileSourceTest extends FileSourceContract {

    @TempDir
    Path machine;

    private Path root;

    @BeforeEach
    void makeFolders() throws IOException {
        root = Files.createDirectories(machine.resolve("data").resolve("shop"));
    }

    @Override
    protected FileSource source() {
        return source(root.toString());
    }

    private FileSource source(String path) {
        return new FolderSources(DataFolders.of(machine.resolve("data").toString()))
                .open(SampleConnection.of("folder", SampleConnection.folder(path)), SampleConnection.folder(path));
    }

    @Override
    protected void put(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        // Some clocks of disks tick slowly; another file has another time or another size.
        Path fresh = Files.writeString(machine.resolve("fresh"), content);
        boolean there = Files.exists(file);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        if (there) {
            Files.setLastModifiedTime(
                    file,
                    java.nio.file.attribute.FileTime.from(
                            Files.getLastModifiedTime(file).toInstant().plusNanos(1000)));
        }
    }

    @Override
    protected void remove(String path) throws IOException {
        Files.delete(root.resolve(path));
    }

    @Test
    void followsLinksInsideAndRefusesThoseThatLeadOut() throws IOException {
        // Given
        put("real/a", "inside");
        Files.createSymbolicLink(root.resolve("linked"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("real").resolve("loop"), root);

        // Then
        assertThat(source().list("linked", 10)).extracting(SourceFile::path).contains("linked/a");

        // When
        Files.writeString(machine.resolve("outside"), "secret");
        Files.createSymbolicLink(root.resolve("out"), machine.resolve("outside"));

        // Then
        assertRefused(() -> source().list("", 10));
        assertRefused(() -> source().list("out", 10));
        assertRefused(() -> source().open(new SourceFile("out", 6, "x")).read());
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(reading)
                .withMessageContaining("leads out of the folder")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONNECTION_FAILED));
    }

    @Test
    void nothingOutsideOfTheNamedFoldersIsARoot() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(machine.resolve("data").resolve("etc"), Path.of("/etc"));

        // Then
        for (String path : new String[] {"/etc", "/", machine.toString(), link.toString(), root + "/../../../etc"}) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> source(path).test())
                    .withMessageContaining("BENCHTOP_DATA_FOLDERS");
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> DataFolders.of("").admit(root.toString()))
                .withMessageContaining("BENCHTOP_DATA_FOLDERS");
    }

    @Test
    void nobodyElseReadsByAnAddress() throws IOException {
        put("f", "x");
        assertThat(source().presigned(source().list("f", 1).get(0), Duration.ofMinutes(1)))
                .isEmpty();
    }
}
