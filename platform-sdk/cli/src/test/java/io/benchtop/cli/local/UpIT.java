package io.benchtop.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code benchtop up} and {@code down} as processes, with stand-ins for service and proxy. */
@Timeout(120)
class UpIT {

    private final String port = Integer.toString(Ports.anyFree());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void leavesNothingBehindHoweverItIsEnded(String signal) throws Exception {
        // Given
        try (var up = UpProcess.start(folder, "up", "--port", port).awaitReady()) {
            var children = up.record().livingChildren().toList();
            var server = FakeServer.startIn(up.data, "ws_1");
            var descendants = server.handle().orElseThrow().descendants().toList();

            // When
            up.signal(signal);
            up.signal(signal);
            up.exitCode();

            // Then
            assertThat(up.output())
                    .contains("  notebooks are prepared")
                    .contains("http://127.0.0.1:" + port + "/login/link/once")
                    .contains("and 1 running workspace ...")
                    .contains("nothing of it runs any more");
            assertThat(children).hasSize(2).noneMatch(ProcessMark::isAlive);
            assertThat(server.isAlive()).isFalse();
            assertThat(descendants).noneMatch(ProcessHandle::isAlive);
            assertThat(up.data.root().resolve("fake-stop-all")).exists();
            assertThat(up.data.runRecord()).doesNotExist();
        }
    }

    @Test
    void startsACrashedServiceAgain() throws Exception {
        // Given
        try (var up = UpProcess.start(folder, "up", "--port", port).awaitReady()) {
            var crashed = up.record().servicePid();

            // When
            ProcessHandle.of(crashed).orElseThrow().destroyForcibly();

            // Then
            UpProcess.await(() -> up.record().servicePid() > 0 && up.record().servicePid() != crashed, "a new service");
            assertThat(up.output()).contains("The service ended by itself (exit code 137); it starts again");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void saysWhyTheServiceDidNotStart() throws Exception {
        // Given
        new DataFolder(folder.resolve("data")).create();
        Files.createFile(folder.resolve("data/fake-fails"));

        // When
        try (var up = UpProcess.start(folder, "up", "--port", port)) {
            var code = up.exitCode();

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(up.output())
                    .contains("The service ended while it started.")
                    .contains("the database is broken")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void doesNotOfferASignInLinkOnceThereIsAnAdministrator() throws Exception {
        // Given
        new DataFolder(folder.resolve("data")).create();
        Files.createFile(folder.resolve("data/fake-has-admin"));

        // When
        try (var up = UpProcess.start(folder, "up", "--port", port).awaitReady()) {

            // Then
            assertThat(up.output()).contains("Benchtop is ready at").doesNotContain("/login/link/");
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        // Given
        try (var other = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress());
                var up = UpProcess.start(folder, "up", "--port", port)) {

            // When
            var code = up.exitCode();

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(up.output())
                    .contains("Port " + other.getLocalPort() + " of 127.0.0.1 cannot be used")
                    .contains("--port " + (other.getLocalPort() + 1));
        }
    }

    @Test
    void refusesASecondUpOnTheSameData() throws Exception {
        // Given
        try (var first = UpProcess.start(folder, "up", "--port", port).awaitReady();
                var second = UpProcess.start(folder, "up", "--port", Integer.toString(Ports.anyFree()))) {

            // When
            var code = second.exitCode();

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(second.output())
                    .contains("already runs on " + first.data.root())
                    .contains("http://127.0.0.1:" + port)
                    .contains("benchtop down --data");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void endsTheChildrenOfAKilledSupervisorAndKeepsTheUsersServers() throws Exception {
        // Given
        try (var killed = UpProcess.start(folder, "up", "--port", port).awaitReady()) {
            var children = killed.record().livingChildren().toList();
            var server = FakeServer.startIn(killed.data, "ws_1");
            killed.signal("KILL");
            killed.exitCode();
            assertThat(children).allMatch(ProcessMark::isAlive);

            // When
            try (var next = UpProcess.start(folder, "up", "--port", port).awaitReady()) {

                // Then
                assertThat(next.output()).contains("The last `benchtop up` was killed");
                assertThat(children).noneMatch(ProcessMark::isAlive);
                assertThat(server.isAlive()).isTrue();
            }
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void downStopsARunningUp() throws Exception {
        // Given
        try (var up = UpProcess.start(folder, "up", "--port", port).awaitReady()) {
            var children = up.record().livingChildren().toList();

            // When
            var down = UpProcess.start(folder, "down");

            // Then
            assertThat(down.exitCode()).isZero();
            assertThat(down.output()).contains("has stopped");
            assertThat(up.exitCode()).isEqualTo(143);
            assertThat(children).noneMatch(ProcessMark::isAlive);
        }
    }

    @Test
    void downEndsWhatAKilledUpLeft() throws Exception {
        // Given
        try (var killed = UpProcess.start(folder, "up", "--port", port).awaitReady()) {
            var left = List.of(FakeServer.startIn(killed.data, "ws_1"));
            killed.signal("KILL");
            killed.exitCode();

            // When
            var down = UpProcess.start(folder, "down");

            // Then
            assertThat(down.exitCode()).isZero();
            assertThat(down.output()).contains("Ended 3 processes");
            assertThat(left).noneMatch(ProcessMark::isAlive);
        }
    }

    @Test
    void warnsWhenItListensToTheNetwork() throws Exception {
        // When
        try (var up = UpProcess.start(folder, "up", "--port", port, "--host", "0.0.0.0")
                .awaitReady()) {

            // Then
            assertThat(up.output())
                    .contains("WARNING: Benchtop listens at 0.0.0.0:" + port)
                    .contains("can read and change the files of all others");
        }
    }
}
