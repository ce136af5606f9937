package io.benchtop.service.spawn.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHomesTest {

    private static final UserName ALICE = new UserName("alice");
    private static final Slug SLUG = new Slug("exp");
    private static final WorkspaceId ID = new WorkspaceId("ws_abcdefgh2345");

    @TempDir
    Path data;

    private LocalHomes homes;
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        homes = new LocalHomes(data);
        home = Files.createDirectories(data.resolve("homes/alice/exp"));
        Files.writeString(home.resolve("work.txt"), "work");
    }

    @Test
    void keepsFilesWhereNoOtherWorkspaceFindsThem() {
        // When
        homes.keep(ALICE, SLUG, ID);
        homes.keep(ALICE, SLUG, ID);

        // Then
        assertThat(data.resolve("kept/alice/exp-ws_abcdefgh2345/work.txt")).hasContent("work");
        assertThat(homes.exists(ALICE, SLUG)).isFalse();
    }

    @Test
    void s18DeletingFollowsNoLinkOut() throws IOException {
        // Given
        Path outside = Files.createDirectories(data.resolve("homes/alice2"));
        Files.writeString(outside.resolve("theirs.txt"), "theirs");
        Files.createSymbolicLink(home.resolve("folder"), outside);
        Files.createSymbolicLink(home.resolve("file"), outside.resolve("theirs.txt"));
        Files.createSymbolicLink(home.resolve("dangling"), data.resolve("nowhere"));
        Files.createDirectories(home.resolve("deep/er"));
        Files.createSymbolicLink(home.resolve("deep/er/up"), data);

        // When
        homes.delete(ALICE, SLUG, ID);
        homes.delete(ALICE, SLUG, ID);

        // Then
        assertThat(outside.resolve("theirs.txt")).hasContent("theirs");
        assertThat(home).doesNotExist();
        assertThat(data.resolve("homes/alice")).isEmptyDirectory();
    }

    @Test
    void s18AHomeThatIsALinkIsRemovedAsALink() throws IOException {
        // Given
        Path outside = Files.createDirectories(data.resolve("outside"));
        Files.writeString(outside.resolve("theirs.txt"), "theirs");
        Files.delete(home.resolve("work.txt"));
        Files.delete(home);
        Files.createSymbolicLink(home, outside);

        // When
        homes.delete(ALICE, SLUG, ID);

        // Then
        assertThat(outside.resolve("theirs.txt")).hasContent("theirs");
        assertThat(home).doesNotExist();
    }

    @Test
    void deletesWhatThePersonHasLocked() throws IOException {
        // Given
        Path locked = Files.createDirectories(home.resolve("locked/below"));
        Files.writeString(locked.resolve("file"), "x");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(locked.getParent(), PosixFilePermissions.fromString("---------"));

        // When
        homes.delete(ALICE, SLUG, ID);

        // Then
        assertThat(home).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../alice2", "/etc", "a/b", "a\\b", "a\0b", "C:", "alice2/..", "%2e%2e", "..;"})
    void s18NoNameLeadsOutOfTheFolderOfHomes(String name) {
        assertThat(Slug.find(name)).isEmpty();
        assertThatThrownBy(() -> new UserName(name)).isInstanceOf(ProblemException.class);
        assertThat(WorkspaceId.find(name)).isEmpty();
    }
}
