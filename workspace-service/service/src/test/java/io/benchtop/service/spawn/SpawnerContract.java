package io.benchtop.service.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.ServerStatus.Absent;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.spawn.StartOutcome.Cancelled;
import io.benchtop.service.spawn.StartOutcome.Failed;
import io.benchtop.service.spawn.StartOutcome.Started;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every spawner does, whatever it runs servers with. */
public abstract class SpawnerContract {

    protected static final UserName ALICE = new UserName("alice");
    protected static final Slug SLUG = new Slug("experiment");

    protected final WorkspaceId id = WorkspaceId.random();

    protected abstract Spawner spawner();

    /** Another one over the same servers, as a restarted service has it. */
    protected abstract Spawner restarted();

    /** The next starts end with exit code 3 and the log line "about to exit as told". */
    protected abstract void makeStartsFail();

    /** Servers come up but never answer, until the test ends. */
    protected abstract void makeStartsHang();

    /** The live server ends by itself. */
    protected abstract void endServer();

    protected final SpawnRequest request(long generation) {
        return new SpawnRequest(id, generation, ALICE, SLUG, spec());
    }

    protected ServerSpec spec() {
        return ServerSpec.of(new Resources(1L << 30, 256, null));
    }

    protected final Alive started(long generation) {
        StartOutcome outcome = spawner().start(request(generation), new RecordingWatch());
        assertThat(outcome).isInstanceOf(Started.class);
        return ((Started) outcome).server();
    }

    @Test
    void startsAServerAndFindsIt() {
        // When
        Alive server = started(1);

        // Then
        assertThat(server.generation()).isEqualTo(1);
        assertThat(server.startedAt()).isNotNull();
        assertThat(server.limits()).isNotNull();
        assertThat(Base64.getUrlDecoder().decode(server.identityKey())).hasSize(32);
        assertThat(spawner().poll(id)).isEqualTo(server);
        assertThat(spawner().list()).containsOnlyKeys(id).containsValue(server);
    }

    @Test
    void passesOnWhatTheServerSaysWhileItStarts() {
        // Given
        RecordingWatch watch = new RecordingWatch();

        // When
        spawner().start(request(1), watch);

        // Then
        assertThat(watch.lines()).isNotEmpty();
        assertThat(watch.phases()).contains(StartPhase.STARTING).endsWith(StartPhase.READY);
        assertThat(spawner().logTail(id, 100)).containsAll(watch.lines());
    }

    @Test
    void aRepeatedStartKeepsTheServer() {
        // Given
        Alive first = started(1);

        // When
        Alive second = started(1);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aStartOfTheNextGenerationReplacesTheServer() {
        // Given
        Alive first = started(1);

        // When
        Alive second = started(2);

        // Then
        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.process()).isNotEqualTo(first.process());
        assertThat(second.identityKey()).isNotEqualTo(first.identityKey());
        assertThat(spawner().list()).hasSize(1);
    }

    @Test
    void anotherSpawnerFindsAndKeepsTheServer() {
        // Given
        Alive first = started(1);

        // When
        Spawner restarted = restarted();

        // Then
        assertThat(restarted.list()).containsOnlyKeys(id).containsValue(first);
        assertThat(restarted.start(request(1), new RecordingWatch())).isEqualTo(new Started(first));
        restarted.stop(id);
        assertThat(spawner().list()).isEmpty();
    }

    @Test
    void knowsNothingOfAWorkspaceThatNeverRan() {
        assertThat(spawner().poll(id)).isEqualTo(new Absent());
        assertThat(spawner().logTail(id, 10)).isEmpty();
        assertThat(spawner().memoryBytes(id)).isEmpty();
    }

    @Test
    void stopsAServerAndMayBeAskedAgain() {
        // Given
        started(1);

        // When
        spawner().stop(id);
        spawner().stop(id);

        // Then
        assertThat(spawner().list()).isEmpty();
        assertThat(spawner().poll(id))
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.ending().code()).isEqualTo(EndingCode.STOPPED));
    }

    @Test
    void stoppingWhatNeverRanDoesNothing() {
        assertThatCode(() -> spawner().stop(id)).doesNotThrowAnyException();
    }

    @Test
    void tellsWhyAServerEndedByItself() {
        // Given
        started(1);

        // When
        endServer();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> spawner().list().isEmpty());
        assertThat(spawner().poll(id)).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.generation()).isEqualTo(1);
            assertThat(ended.ending().code()).isEqualTo(EndingCode.EXITED);
            assertThat(ended.ending().sentence()).endsWith(".");
        });
    }

    @Test
    void aStartThatFailsSaysWhyAndLeavesNothing() {
        // Given
        makeStartsFail();

        // When
        StartOutcome outcome = spawner().start(request(1), new RecordingWatch());

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.ending().code()).isEqualTo(EndingCode.EXITED);
            assertThat(failed.ending().sentence()).contains("3");
            assertThat(failed.ending().logTail()).contains("about to exit as told");
        });
        assertThat(spawner().list()).isEmpty();
    }

    @Test
    void aStartThatIsNotWantedAnyMoreIsGivenUp() {
        // Given
        makeStartsHang();
        RecordingWatch watch = new RecordingWatch();
        CompletableFuture<StartOutcome> start =
                CompletableFuture.supplyAsync(() -> spawner().start(request(1), watch), Thread::startVirtualThread);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !watch.lines().isEmpty());

        // When
        watch.changeMind();

        // Then
        assertThat(start.orTimeout(180, TimeUnit.SECONDS).join()).isEqualTo(new Cancelled());
        assertThat(spawner().list()).isEmpty();
    }

    @Test
    void forgetsAServer() {
        // Given
        started(1);
        spawner().stop(id);

        // When
        spawner().forget(id);
        spawner().forget(id);

        // Then
        assertThat(spawner().poll(id)).isEqualTo(new Absent());
        assertThat(spawner().logTail(id, 10)).isEmpty();
    }

    @Test
    void renewingATokenMayBeAskedAtAnyTime() {
        // Given
        started(1);

        // Then
        assertThatCode(() -> spawner().renewToken(id, 1, ALICE)).doesNotThrowAnyException();
    }
}
