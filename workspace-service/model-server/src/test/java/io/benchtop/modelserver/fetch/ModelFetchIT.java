package io.benchtop.modelserver.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a server that fails, lies or refuses. */
class ModelFetchIT {

    private static final Backoff QUICK = new Backoff(4, Duration.ofMillis(1), Duration.ofMillis(4));

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger stalls = new AtomicInteger();
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/v/".length());
            asked.add(path);
            byte[] body = files.get(path);
            boolean known = "Bearer t0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known) {
                exchange.sendResponseHeaders(401, -1);
            } else if (failures.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                if (path.startsWith("files/") && stalls.getAndDecrement() > 0) {
                    exchange.getResponseBody().write(body, 0, 1);
                    exchange.getResponseBody().flush();
                    stall();
                }
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static void stall() {
        try {
            Thread.sleep(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(String path, String content) throws Exception {
        files.put("files/" + path, content.getBytes(UTF_8));
        StringBuilder entries = new StringBuilder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals("manifest.json")) {
                entries.append(entries.isEmpty() ? "" : ",").append(entry(file.getKey(), file.getValue()));
            }
        }
        manifest(entries.toString());
    }

    private static String entry(String key, byte[] content) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return "{\"path\":\"" + key.substring("files/".length()) + "\",\"size\":" + content.length + ",\"sha256\":\""
                + sha256 + "\"}";
    }

    private void manifest(String entries) {
        files.put("manifest.json", ("{\"version\":\"0.0.1\",\"files\":[" + entries + "]}").getBytes(UTF_8));
    }

    private ModelFetch fetch(String token) {
        return new ModelFetch(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v/"),
                token,
                folder.resolve("to"),
                QUICK,
                Duration.ofMillis(300));
    }

    @Test
    void anAnswerThatStandsStillIsAskedForAgain() throws Exception {
        // Given
        offer("model.onnx", "model");
        stalls.set(1);

        // When
        int fetched = fetch("t0").run();

        // Then
        assertThat(fetched).isEqualTo(1);
        assertThat(folder.resolve("to/model.onnx")).hasContent("model");
        assertThat(asked).containsExactly("manifest.json", "files/model.onnx", "files/model.onnx");
    }

    @Test
    void allFilesComeAndTheManifestIsTheLast() throws Exception {
        // Given
        offer("model.onnx", "model");
        offer("a folder/b+c.txt", "text");
        offer(".gitattributes", "hidden");

        // When
        int fetched = fetch("t0").run();

        // Then
        assertThat(fetched).isEqualTo(3);
        assertThat(folder.resolve("to/model.onnx")).hasContent("model");
        assertThat(folder.resolve("to/a folder/b+c.txt")).hasContent("text");
        assertThat(folder.resolve("to/manifest.json")).exists();
    }

    @Test
    void whatIsThereIsNotFetchedAgainAndWhatIsDamagedIs() throws Exception {
        // Given
        offer("model.onnx", "model");
        offer("sample.json", "sample");
        fetch("t0").run();
        Files.writeString(folder.resolve("to/sample.json"), "sImple");
        asked.clear();

        // When
        int fetched = fetch("t0").run();

        // Then
        assertThat(fetched).isEqualTo(1);
        assertThat(asked).containsExactly("manifest.json", "files/sample.json");
        assertThat(folder.resolve("to/sample.json")).hasContent("sample");
    }

    @Test
    void aFetchThatWasCutOffGoesOnWhereItWas() throws Exception {
        // Given
        offer("a.onnx", "first");
        offer("b.json", "second");
        byte[] lost = files.remove("files/b.json");
        assertThatThrownBy(() -> fetch("t0").run()).isInstanceOf(RefusedException.class);
        assertThat(folder.resolve("to/manifest.json")).doesNotExist();
        files.put("files/b.json", lost);
        asked.clear();

        // When
        fetch("t0").run();

        // Then
        assertThat(asked).contains("files/b.json");
        assertThat(folder.resolve("to/manifest.json")).exists();
    }

    @Test
    void aBusyServerIsAskedAgain() throws Exception {
        // Given
        offer("model.onnx", "model");
        failures.set(3);

        // When
        fetch("t0").run();

        // Then
        assertThat(folder.resolve("to/model.onnx")).hasContent("model");
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() throws Exception {
        // Given
        offer("model.onnx", "model");
        failures.set(100);

        // Then
        assertThatThrownBy(() -> fetch("t0").run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
        assertThat(asked).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m0del", "short", "much longer than it should be"})
    void aFileWithAnotherHashIsRefused(String sent) throws Exception {
        // Given
        offer("model.onnx", "model");
        files.put("files/model.onnx", sent.getBytes(UTF_8));

        // Then
        assertThatThrownBy(() -> fetch("t0").run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.onnx");
        assertThat(folder.resolve("to/model.onnx")).doesNotExist();
        assertThat(folder.resolve("to/manifest.json")).doesNotExist();
    }

    @Test
    void aWrongTokenIsNotTriedAgain() throws Exception {
        // Given
        offer("model.onnx", "model");

        // Then
        assertThatThrownBy(() -> fetch("t1").run()).hasMessageContaining("401").hasMessageContaining("token");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "/etc/passwd", "a/../../b", "a//b", ".", "a/.", "a\\\\b", ""})
    void aPathThatCouldLeaveTheFolderIsRefused(String path) throws Exception {
        // Given
        manifest(entry("files/" + path, new byte[0]));

        // Then
        assertThatThrownBy(() -> fetch("t0").run()).isInstanceOf(RefusedException.class);
        assertThat(asked).containsExactly("manifest.json");
    }
}
