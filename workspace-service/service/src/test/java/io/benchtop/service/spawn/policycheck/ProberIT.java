package io.benchtop.service.spawn.policycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program in the pods of the self-test. */
class ProberIT {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(5);

    @Test
    void tellsWhatAcceptsAConnectionFromWhatDoesNot() throws Exception {
        try (ServerSocket platform = listening();
                ServerSocket database = listening()) {
            // Given
            String closed;
            try (ServerSocket gone = listening()) {
                closed = address(gone);
            }

            // When
            List<String> reached = Prober.attempt(address(platform), List.of(closed, address(database)), SECOND, PAUSE);

            // Then
            assertThat(reached).containsExactlyInAnyOrder(address(platform), address(database));
        }
    }

    @Test
    void whatIsClosedAMomentLaterCountsAsClosed() throws Exception {
        try (ServerSocket platform = listening()) {
            // Given
            ServerSocket database = listening();
            String address = address(database);
            Thread policy = Thread.ofVirtual().start(() -> closeAfterFirst(database));

            // When
            List<String> reached = Prober.attempt(address(platform), List.of(address), SECOND, SECOND);

            // Then
            policy.join();
            assertThat(reached).containsExactly(address(platform));
        }
    }

    private static void closeAfterFirst(ServerSocket server) {
        try (server) {
            server.accept().close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static String address(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }
}
