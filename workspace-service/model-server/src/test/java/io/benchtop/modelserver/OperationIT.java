package io.benchtop.modelserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.modelserver.testing.RunningServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is overloaded, fed with poison, changed and ended while it works. */
class OperationIT {

    private static final String IRIS =
            "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[5.1,3.5,1.4,0.2]}]}";

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    private static String slow(int rounds) {
        return "{\"inputs\":[{\"name\":\"rounds\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[" + rounds + "]}]}";
    }

    private static String lookup(int index) {
        return "{\"inputs\":[{\"name\":\"index\",\"shape\":[1,1],\"datatype\":\"INT64\",\"data\":[" + index + "]}]}";
    }

    private static List<String> one(String model) {
        return new ArrayList<>(List.of("--model", model + "=" + RunningServer.MODELS.resolve(model)));
    }

    /** The second has no option: what shares no runs may wait for as many as are answered soon. */
    @ParameterizedTest
    @CsvSource({"--queue=4, 40, 5", "--batch-rows=1, 600, 33"})
    void tooManyRequestsAreRefusedAndTheOthersAnswered(String option, int requests, int least) throws Exception {
        // Given
        List<String> options = one("slow");
        options.addAll(List.of(option.split("=")));
        options.addAll(List.of("--threads", "1"));
        try (RunningServer server = RunningServer.start(options)) {
            // When
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                answers.add(clients.submit(() -> server.post("/v2/models/slow/infer", slow(500))));
            }

            // Then
            int accepted = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                HttpResponse<String> response = answer.get();
                accepted += response.statusCode() == 200 ? 1 : 0;
                if (response.statusCode() != 200) {
                    assertThat(response.statusCode()).isEqualTo(429);
                    assertThat(response.headers().firstValue("retry-after")).hasValue("1");
                }
            }
            assertThat(accepted).isBetween(least, requests - 1);
        }
    }

    @Test
    void aRequestWhoseTimeIsOverIsNotRun() throws Exception {
        // Given
        List<String> options = one("slow");
        options.addAll(List.of("--threads", "1"));
        try (RunningServer server = RunningServer.start(options)) {
            Future<HttpResponse<String>> busy =
                    clients.submit(() -> server.post("/v2/models/slow/infer", slow(60_000)));
            await().untilAsserted(() -> assertThat(server.admin("/metrics").body())
                    .contains("in_flight{model=\"slow\",version=\"1\",} 1.0"));

            // When
            HttpResponse<String> late = server.post(
                    "/v2/models/slow/infer", slow(1).replaceFirst("\\{", "{\"parameters\":{\"timeout\":1000},"));

            // Then
            assertThat(late.statusCode()).isEqualTo(504);
            assertThat(busy.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPoisonedRequestFailsAloneInABatch() throws Exception {
        // Given
        List<String> options = one("lookup");
        options.addAll(List.of("--threads", "1"));
        try (RunningServer server = RunningServer.start(options)) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();

            // When
            for (int i = 0; i < 600; i++) {
                int index = i % 20 == 7 ? 77 : i % 10;
                answers.add(clients.submit(() -> server.post("/v2/models/lookup/infer", lookup(index))));
            }

            // Then
            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<String> answer = answers.get(i).get();
                if (answer.statusCode() == 429) {
                    continue;
                }
                if (i % 20 == 7) {
                    assertThat(answer.statusCode()).isEqualTo(400);
                } else {
                    assertThat(answer.body()).contains("\"data\":[" + i % 10 * 1.5 + "]");
                }
            }
        }
    }

    @Test
    void aHundredVersionsAreSwappedUnderLoadWithoutAFailure() throws Exception {
        // Given
        copy("iris", "0.0.1");
        try (RunningServer server = RunningServer.start(List.of("--repository", folder.toString(), "--control"))) {
            AtomicBoolean on = new AtomicBoolean(true);
            AtomicInteger good = new AtomicInteger();
            List<Future<String>> load = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                load.add(clients.submit(() -> {
                    while (on.get()) {
                        HttpResponse<String> answer = server.post("/v2/models/m/infer", IRIS);
                        if (answer.statusCode() != 200) {
                            return answer.statusCode() + answer.body();
                        }
                        good.incrementAndGet();
                    }
                    return "";
                }));
            }

            // When
            for (int version = 2; version <= 101; version++) {
                copy("iris", "0.0." + version);
                delete("0.0." + (version - 1));
                assertThat(server.post("/v2/repository/models/m/load", "{}").statusCode())
                        .isEqualTo(200);
            }

            // Then
            on.set(false);
            for (Future<String> client : load) {
                assertThat(client.get()).isEmpty();
            }
            assertThat(good.get()).isGreaterThan(100);
            assertThat(server.get("/v2/models/m").body()).contains("\"versions\":[\"0.0.101\"]");
        }
    }

    private void copy(String model, String version) throws IOException {
        Path target = Files.createDirectories(folder.resolve("m").resolve(version));
        for (String file : List.of("sample.json", "signature.json", "model.onnx")) {
            Files.copy(
                    RunningServer.MODELS.resolve(model).resolve(file),
                    target.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void delete(String version) throws IOException {
        Path target = folder.resolve("m").resolve(version);
        for (String file : List.of("sample.json", "signature.json", "model.onnx")) {
            Files.delete(target.resolve(file));
        }
        Files.delete(target);
    }

    @Test
    void aVersionThatCannotBeLoadedChangesNothing() throws Exception {
        // Given
        copy("iris", "1");
        try (RunningServer server = RunningServer.start(List.of("--repository", folder.toString(), "--control"))) {
            Files.writeString(Files.createDirectories(folder.resolve("m/2")).resolve("model.onnx"), "garbage");

            // When
            HttpResponse<String> answer = server.post("/v2/repository/models/m/load", "{}");

            // Then
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(server.post("/v2/models/m/infer", IRIS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sigtermLetsARunEndAndExitsWithZero() throws Exception {
        // Given
        try (RunningServer server = RunningServer.start(one("slow"))) {
            Future<HttpResponse<String>> running =
                    clients.submit(() -> server.post("/v2/models/slow/infer", slow(60_000)));
            await().untilAsserted(() -> assertThat(server.admin("/metrics").body())
                    .contains("in_flight{model=\"slow\",version=\"1\",} 1.0"));

            // When
            Future<Integer> ended = clients.submit(server::terminate);

            // Then
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(server.admin("/health/ready").statusCode())
                                    .isEqualTo(503));
            assertThat(running.get().statusCode()).isEqualTo(200);
            assertThat(ended.get()).isZero();
        }
    }

    @Test
    void withoutTheKeyNobodyIsServed() throws IOException {
        // Given
        Path key = Files.writeString(folder.resolve("key"), "secret\n");
        List<String> options = one("iris");
        options.addAll(List.of("--key-file", key.toString()));
        try (RunningServer server = RunningServer.start(options)) {
            HttpRequest.Builder right =
                    HttpRequest.newBuilder(server.uri("/v2")).header("X-Benchtop-Serving-Key", "secret");
            HttpRequest.Builder wrong =
                    HttpRequest.newBuilder(server.uri("/v2")).header("X-Benchtop-Serving-Key", "other");

            // Then
            assertThat(server.get("/v2").statusCode()).isEqualTo(401);
            assertThat(server.send(wrong).statusCode()).isEqualTo(401);
            assertThat(server.send(right).statusCode()).isEqualTo(200);
            assertThat(server.admin("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatDoesNotFinishItsRequestIsCutOff() throws IOException {
        // Given
        List<String> options = one("iris");
        options.addAll(List.of("--patience-seconds", "1"));
        try (RunningServer server = RunningServer.start(options);
                Socket socket = new Socket("127.0.0.1", server.port("http"))) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();

            // When
            out.write("POST /v2/models/iris/infer HTTP/1.1\r\nContent-Length: 100\r\n\r\n{".getBytes(UTF_8));
            out.flush();

            // Then
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void connectionsHaveABound() throws IOException {
        // Given
        List<String> options = one("iris");
        options.addAll(List.of("--max-connections", "2"));
        try (RunningServer server = RunningServer.start(options);
                Socket first = new Socket("127.0.0.1", server.port("http"));
                Socket second = new Socket("127.0.0.1", server.port("http"));
                Socket third = new Socket("127.0.0.1", server.port("http"))) {
            third.setSoTimeout(10_000);

            // Then
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            assertThat(third.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void sampledPayloadsAreWrittenAsLines() throws IOException {
        // Given
        Path file = folder.resolve("payloads.jsonl");
        List<String> options = one("iris");
        options.addAll(List.of("--payload-log", file.toString(), "--payload-sample", "1"));
        try (RunningServer server = RunningServer.start(options)) {
            // When
            server.post("/v2/models/iris/infer", IRIS);

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(Files.readString(file))
                            .contains("\"model\":\"iris\"", "\"data\":[5.1,3.5,1.4,0.2]")
                            .endsWith("\n"));
        }
    }
}
