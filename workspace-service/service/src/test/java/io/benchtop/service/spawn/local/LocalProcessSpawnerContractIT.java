package io.benchtop.service.spawn.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.RecordingWatch;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.SpawnerContract;
import io.benchtop.service.spawn.StartOutcome.Failed;
import io.benchtop.service.spawn.StartOutcome.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real shim with a stand-in for JupyterLab. */
class LocalProcessSpawnerContractIT extends SpawnerContract {

    @TempDir
    Path data;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalProcessSpawner spawner;

    @BeforeEach
    void prepare() {
        FakeEnvironment.prepare(data);
        spawner = open(Duration.ofSeconds(30));
    }

    private LocalProcessSpawner open(Duration startTimeout) {
        LocalSpawnSettings settings =
                new LocalSpawnSettings(data, URI.create("http://127.0.0.1:8080"), startTimeout, "/bin/sh");
        return new LocalProcessSpawner(
                settings,
                new LocalHomes(data),
                (owner, id, generation) -> "token of " + owner + " at " + clock.instant(),
                Failpoint.NONE,
                clock);
    }

    @AfterEach
    void end() {
        spawner.list().keySet().forEach(spawner::stop);
        spawner.close();
    }

    @Override
    protected Spawner spawner() {
        return spawner;
    }

    @Override
    protected Spawner restarted() {
        spawner.close();
        spawner = open(Duration.ofSeconds(30));
        return spawner;
    }

    @Override
    protected void makeStartsFail() {
        behave("exit 3");
    }

    @Override
    protected void makeStartsHang() {
        behave("silent");
    }

    @Override
    protected void endServer() {
        lab().destroyForcibly();
    }

    private void behave(String behaviour) {
        try {
            Path home = Files.createDirectories(data.resolve("homes/alice/experiment"));
            Files.writeString(home.resolve("behaviour"), behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerFolder server() {
        return new ServerFolder(data.resolve("servers").resolve(id.value()));
    }

    private ProcessHandle lab() {
        try {
            return ProcessHandle.of(Json.number(server().server().orElseThrow(), "pid"))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerEnding failure() {
        return ((Failed) spawner.start(request(1), new RecordingWatch())).ending();
    }

    @Test
    void triesAnotherPortWhenTheFirstIsTaken() {
        // Given
        behave("port 2");

        // Then
        assertThat(spawner.start(request(1), new RecordingWatch())).isInstanceOf(Started.class);
    }

    @Test
    void givesUpWhenThreePortsWereTaken() {
        // Given
        behave("port 3");

        // Then
        assertThat(failure().code()).isEqualTo(EndingCode.PORT_TAKEN);
    }

    @Test
    void namesTheMissingPackageOfABrokenEnvironment() {
        // Given
        behave("module");

        // When
        ServerEnding ending = failure();

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.ENVIRONMENT_BROKEN);
        assertThat(ending.sentence()).contains("jupyter_server_is_missing", "benchtop up");
    }

    @Test
    void namesTheMissingFileOfABrokenEnvironment() throws Exception {
        // Given
        Files.delete(data.resolve("environments/fake/bin/python"));

        // When
        ServerEnding ending = failure();

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.ENVIRONMENT_BROKEN);
        assertThat(ending.sentence()).contains("bin/python", "benchtop up");
    }

    @Test
    void saysThatTheEnvironmentWasNeverPrepared() throws Exception {
        // Given
        Files.delete(data.resolve("environments/current.json"));

        // Then
        assertThat(failure().sentence()).contains("not prepared", "benchtop up");
    }

    @Test
    void saysThatTheHomeIsNoFolder() throws Exception {
        // Given
        Files.createDirectories(data.resolve("homes/alice"));
        Files.writeString(data.resolve("homes/alice/experiment"), "a file");

        // When
        ServerEnding ending = failure();

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.HOME_UNUSABLE);
        assertThat(ending.sentence()).contains("homes/alice/experiment");
    }

    @Test
    void endsAServerThatDoesNotAnswerInTime() {
        // Given
        behave("silent");
        spawner.close();
        spawner = open(Duration.ofSeconds(3));

        // When
        ServerEnding ending = failure();

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.TIMED_OUT);
        assertThat(ending.sentence()).contains("3 seconds");
        assertThat(spawner.list()).isEmpty();
    }

    @Test
    void stoppingTakesKernelsOfAnotherSessionAlong() {
        // Given
        behave("kernel");
        started(1);
        List<ProcessHandle> below = lab().descendants().toList();
        assertThat(below).isNotEmpty();

        // When
        spawner.stop(id);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> below.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void findsAServerWhoseRecordIsLost() throws Exception {
        // Given
        Alive server = started(1);
        Files.delete(server().path().resolve("server.json"));

        // Then
        assertThat(spawner.list()).containsOnlyKeys(id);
        assertThat(((Alive) spawner.poll(id)).target()).isEqualTo(server.target());
    }

    @Test
    void tellsThatTheProcessesWereKilledFromOutside() {
        // Given
        started(1);

        // When: the guard and the keeper at once, so that nobody can write the ending down
        new Shims().of(server()).forEach(ProcessHandle::destroyForcibly);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> spawner.list().isEmpty());
        assertThat(spawner.poll(id)).asString().contains("EXITED", "killed");
    }

    @Test
    void writesAFreshTokenWhenTheOldOneIsTwentyMinutesOld() throws Exception {
        // Given
        started(1);
        Files.setLastModifiedTime(server().tokenFile(), FileTime.from(clock.instant()));
        String first = Files.readString(server().tokenFile());

        // When
        clock.advance(Duration.ofMinutes(19));
        spawner.renewToken(id, 1, ALICE);

        // Then
        assertThat(server().tokenFile()).hasContent(first);

        // When
        clock.advance(Duration.ofMinutes(1));
        spawner.renewToken(id, 1, ALICE);

        // Then
        assertThat(server().tokenFile()).hasContent("token of alice at 2026-01-01T00:20:00Z");
    }

    @Test
    void tellsTheMemoryInUse() {
        // Given
        started(1);

        // Then
        assertThat(spawner.memoryBytes(id).orElseThrow()).isBetween(1L << 20, 1L << 30);
    }

    @Test
    void keepsItsFilesPrivateAndGivesTheServerNothingOfItsOwnEnvironment() throws Exception {
        // When
        started(1);

        // Then
        for (String file : List.of("launch.json", "identity.key", "token")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(server().path().resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        String environment = Files.readString(Path.of("/proc/" + lab().pid() + "/environ"));
        assertThat(environment.split("\0"))
                .allMatch(entry -> server().launch()
                        .orElseThrow()
                        .getAsJsonObject("env")
                        .has(entry.substring(0, entry.indexOf('='))));
    }
}
