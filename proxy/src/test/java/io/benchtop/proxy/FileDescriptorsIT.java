package io.benchtop.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.proxy.testing.FakeControlPlane;
import io.benchtop.proxy.testing.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process with very few file descriptors: when they run out it waits, and serves again when some are free. */
class FileDescriptorsIT {

    private static final int LIMIT = 120;

    @TempDir
    private Path folder;

    @Test
    void runningOutOfFileDescriptorsIsSurvived() throws Exception {
        // Given
        int port = freePort();
        Process process = start(port);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready url=http://127.0.0.1:" + port);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);

            // When
            List<Socket> many = new ArrayList<>();
            for (int i = 0; i < 2 * LIMIT; i++) {
                many.add(new Socket(address.getAddress(), port));
            }
            for (Socket socket : many) {
                socket.close();
            }

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .untilAsserted(() -> {
                        try (Wire client = Wire.to(address)) {
                            assertThat(client.send("GET /internal/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                            .message())
                                    .startsWith("HTTP/1.1 404");
                        }
                    });
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(int port) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), FakeControlPlane.KEY);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n " + LIMIT + " && exec \"$0\" -XX:-MaxFDLimit -XX:+UseSerialGC -Xmx48m"
                        + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                        + " -cp \"$1\" io.benchtop.proxy.Main",
                java,
                System.getProperty("java.class.path"));
        builder.environment()
                .putAll(Map.of(
                        "BENCHTOP_PROXY_LISTEN",
                        "127.0.0.1:" + port,
                        "BENCHTOP_SERVICE_URL",
                        "http://127.0.0.1:1",
                        "BENCHTOP_PUBLIC_URL",
                        "http://127.0.0.1:" + port,
                        "BENCHTOP_SESSION_COOKIE",
                        TestingProxy.COOKIE,
                        "BENCHTOP_PROXY_ACCESS_LOG",
                        "false",
                        "BENCHTOP_INTERNAL_KEY_FILE",
                        key.toString(),
                        "BENCHTOP_PROXY_STATE_FILE",
                        folder.resolve("routes.json").toString()));
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
