package io.benchtop.service.endpoint.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.ModelServersContract;
import io.benchtop.service.endpoint.ServingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, in which a stand-in takes the model-server's place. */
class LocalModelServersIT extends ModelServersContract {

    @TempDir
    Path folder;

    private final AtomicInteger changes = new AtomicInteger();
    private LocalModelServers servers;
    private Path model;

    @BeforeEach
    void open() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        servers = local();
        servers.onChange(changes::incrementAndGet);
    }

    @Override
    protected ModelServers servers() {
        return servers;
    }

    @Override
    protected ModelServers later() {
        return local();
    }

    private LocalModelServers local() {
        ModelServerProgram program = new ModelServerProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                StandInModelServer.class.getName(),
                32);
        return new LocalModelServers(
                folder.resolve("model-servers"),
                program,
                _ -> model,
                new ServingKeys(new byte[32]),
                InstantSource.system());
    }

    private List<ProcessHandle> processes() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("model-servers").resolve(id.key()))) {
            return all.filter(Files::isDirectory)
                    .flatMap(each -> ServerRecord.running(each).stream())
                    .toList();
        }
    }

    @Test
    void asManyProcessesAsWantedAnswerAndTheKeyIsNobodyElses() throws IOException {
        // When
        servers.ensure(arm(2));
        servers.ensure(arm(2));
        ready(servers, 2);

        // Then
        assertThat(processes()).hasSize(2);
        Path one = folder.resolve("model-servers").resolve(id.key()).resolve("0");
        assertThat(Files.getPosixFilePermissions(one.resolve("key"))).hasSize(2);
        assertThat(changes.get()).isPositive();
        assertThat(servers.log(id, 5)).anySatisfy(line -> assertThat(line).startsWith("loading orders="));

        // When
        servers.ensure(arm(1));

        // Then
        ready(servers, 1);
    }

    /** F22. */
    @Test
    void aKilledProcessIsStartedAgain() throws IOException {
        // Given
        servers.ensure(arm(1));
        ready(servers, 1);
        ProcessHandle killed = processes().getFirst();

        // When
        killed.destroyForcibly();
        killed.onExit().join();

        // Then
        assertThat(servers.list().get(id))
                .isInstanceOfSatisfying(
                        ArmState.Failed.class,
                        failed -> assertThat(failed.message()).contains("ended once"));
        servers.ensure(arm(1));
        ready(servers, 1);
        assertThat(processes().getFirst().pid()).isNotEqualTo(killed.pid());
    }

    @Test
    void whatDoesNotStartSaysWhyAndIsTriedLessAndLessOften() throws IOException {
        // Given
        Files.createFile(model.resolve("broken"));

        // When
        for (int i = 0; i < 3; i++) {
            await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(50)).until(() -> {
                servers.ensure(arm(1));
                return processes().isEmpty() && servers.list().get(id) instanceof ArmState.Failed;
            });
        }

        // Then
        assertThat(servers.list().get(id))
                .isInstanceOfSatisfying(
                        ArmState.Failed.class,
                        failed -> assertThat(failed.message()).contains("the model is broken"));
    }

    @Test
    void whatIsEndedLeavesNothing() {
        // Given
        servers.ensure(arm(1));
        ready(servers, 1);

        // When
        await().atMost(60, SECONDS).until(() -> {
            servers.end(id);
            return servers.list().isEmpty();
        });

        // Then
        assertThat(folder.resolve("model-servers").resolve(id.key())).doesNotExist();
    }
}
