package io.benchtop.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.cli.support.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClassCacheIT {

    @TempDir
    private Path folder;

    private UpPlan plan;
    private ClassCache cache;

    @BeforeEach
    void layOut() throws IOException {
        var installation = new Installation(
                FakeInstallation.in(folder.resolve("clone")), Path.of(System.getProperty("java.home")), "python3");
        plan = new UpPlan(
                new DataFolder(folder.resolve("data")), "127.0.0.1", 9000, "http://127.0.0.1:9000", List.of(), null);
        plan.data().create();
        var key = InternalKey.of(plan.data().internalKey());
        cache = new ClassCache(installation, plan, key, Duration.ZERO, new Console(System.out));
    }

    @Test
    void isThereForTheNextStartAndLeavesNothingElse() throws Exception {
        // Given
        Files.createFile(plan.data().cache().resolve("service-of-an-older-build.aot"));
        assertThat(cache.flags()).isEmpty();

        // When
        cache.makeInBackground();

        // Then
        UpProcess.await(
                () -> !cache.flags().isEmpty()
                        && !Files.exists(plan.data().cache().resolve("training")),
                "the cache");
        try (var files = Files.list(plan.data().cache())) {
            assertThat(files.map(file -> "-XX:AOTCache=" + file).toList()).isEqualTo(cache.flags());
        }
    }

    @Test
    void endsWhatItStartedWhenUpEnds() throws Exception {
        // Given
        cache.makeInBackground();
        UpProcess.await(() -> Files.exists(plan.data().cache().resolve("training/log/service.log")), "the training");

        // When
        cache.abandon();

        // Then
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(cache.flags()).isEmpty();
    }
}
