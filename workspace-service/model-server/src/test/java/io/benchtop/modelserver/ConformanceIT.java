package io.benchtop.modelserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.modelserver.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol over HTTP, case by case: what clients in the field send and what they must hear. */
class ConformanceIT {

    private static final String INFER = "/v2/models/iris/infer";
    private static final String ROW = "[5.1,3.5,1.4,0.2]";
    private static final int MAX_BODY = 1_000_000;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.withAllModels("--max-body", Integer.toString(MAX_BODY));
    }

    @AfterAll
    static void stop() {
        assertThat(server.log()).doesNotContain("LEAK");
        server.close();
    }

    private static String request(String shape, String data) {
        return "{\"inputs\":[{\"name\":\"X\",\"shape\":" + shape + ",\"datatype\":\"FP32\",\"data\":" + data + "}]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2",
                "/v2/",
                "/v2/health/live",
                "/v2/health/ready",
                "/v2/models/iris",
                "/v2/models/iris/versions/1",
                "/v2/models/iris/ready",
                "/v2/models/iris/versions/1/ready",
                "/v2/models/iris/config",
                "/v2/models/iris/stats",
                "/v2/models/stats"
            })
    void whatCanBeReadIsAnsweredInJson(String path) {
        // When
        HttpResponse<String> answer = server.get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).startsWith("{");
    }

    @Test
    void metadataComesFromTheGraph() {
        assertThat(server.get("/v2/models/iris").body())
                .contains("\"platform\":\"onnx_onnxv1\"")
                .contains("{\"name\":\"X\",\"datatype\":\"FP32\",\"shape\":[-1,4]}")
                .contains("{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,3]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1,4]|[5.1,3.5,1.4,0.2]", "[1,4]|[[5.1,3.5,1.4,0.2]]"})
    void dataIsFlatOrNested(String shape, String data) {
        // When
        HttpResponse<String> answer = server.post(INFER, request(shape, data));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-model-version")).hasValue("1");
        assertThat(answer.body())
                .contains("\"model_name\":\"iris\"", "\"name\":\"label\"", "\"data\":[0]")
                .doesNotContain("\"id\"");
    }

    @Test
    void anIdComesBackAndOnlyTheOutputsAskedFor() {
        // Given
        String request = "{\"id\":\"q-1\",\"outputs\":[{\"name\":\"label\"}],\"inputs\":[{\"data\":" + ROW
                + ",\"datatype\":\"FP32\",\"shape\":[1,4],\"name\":\"X\"}],\"parameters\":{\"a\":1,\"b\":\"c\"}}";

        // When
        HttpResponse<String> answer = server.post(INFER, request);

        // Then
        assertThat(answer.body())
                .isEqualTo("{\"model_name\":\"iris\",\"model_version\":\"1\",\"id\":\"q-1\",\"outputs\":"
                        + "[{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[0]}]}");
    }

    @Test
    void aSampleOfEachTypeComesBackAsItWent() throws IOException {
        // Given
        String sample = Files.readString(RunningServer.MODELS.resolve("types/sample.json"), UTF_8);

        // When
        HttpResponse<String> answer = server.post("/v2/models/types/infer", sample);

        // Then
        assertThat(answer.body())
                .contains("[true,false]", "[-128,127]", "[-32768,5]", "[-7,2147483647]", "[-4611686018427387904,9]")
                .contains("[0.5,-3.25]", "[\"héllo\",\"b\"]", "[1,255]");
    }

    private static byte[] binary(String json, float... values) {
        byte[] head = json.getBytes(UTF_8);
        ByteBuffer body = ByteBuffer.allocate(head.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        body.put(head);
        for (float value : values) {
            body.putFloat(value);
        }
        return body.array();
    }

    private static HttpRequest.Builder binaryRequest(String json, float... values) {
        return HttpRequest.newBuilder(server.uri(INFER))
                .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                .POST(BodyPublishers.ofByteArray(binary(json, values)));
    }

    @Test
    void rawTensorsFollowTheJsonInBothDirectionsWhateverTheContentType() {
        // Given
        String json = "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\","
                + "\"parameters\":{\"binary_data_size\":16}}],\"parameters\":{\"binary_data_output\":true}}";

        // When
        HttpResponse<byte[]> answer = server.send(
                binaryRequest(json, 5.1f, 3.5f, 1.4f, 0.2f).header("Content-Type", "text/plain"),
                BodyHandlers.ofByteArray());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
        int length = Integer.parseInt(
                answer.headers().firstValue("inference-header-content-length").orElseThrow());
        assertThat(new String(answer.body(), 0, length, UTF_8))
                .contains("\"binary_data_size\":8", "\"binary_data_size\":12")
                .doesNotContain("\"data\"");
        ByteBuffer raw = ByteBuffer.wrap(Arrays.copyOfRange(answer.body(), length, answer.body().length))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(raw.remaining()).isEqualTo(20);
        assertThat(raw.getLong()).isZero();
        assertThat(raw.getFloat()).isGreaterThan(0.9f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 400, -1})
    void aBinarySizeThatDoesNotFitIsRefused(int size) {
        // Given
        String json = "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\",\"parameters\":"
                + "{\"binary_data_size\":" + size + "}}]}";

        // When
        HttpResponse<String> answer = server.send(binaryRequest(json, 1, 2, 3, 4));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    private static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void compressedRequestsAndAnswersAreUnderstood() throws IOException {
        // Given
        StringBuilder rows = new StringBuilder(ROW);
        for (int i = 1; i < 100; i++) {
            rows.append(',').append(ROW);
        }

        // When
        HttpResponse<byte[]> answer = server.send(
                HttpRequest.newBuilder(server.uri(INFER))
                        .header("Content-Encoding", "gzip")
                        .header("Accept-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(
                                zipped(request("[100,4]", "[" + rows + "]").getBytes(UTF_8)))),
                BodyHandlers.ofByteArray());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertThat(new String(plain, UTF_8)).contains("\"shape\":[100,3]");
    }

    @Test
    void whatGrowsTooLargeWhenDecompressedIsRefused() {
        // Given
        byte[] bomb = zipped(new byte[20 * MAX_BODY]);

        // When
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri(INFER))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bomb)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("error").contains("decompression");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        assertThat(server.post(INFER, " ".repeat(MAX_BODY + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void aBodyThatIsNotCompressedAsItSaysIsRefused() {
        // When
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri(INFER))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString(request("[1,4]", ROW))));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,3]|[1,2,3]|input 'X': expected shape [-1,4], got [1,3]",
                "[4]|[1,2,3,4]|input 'X': expected shape [-1,4], got [4]",
                "[2,4]|[1,2,3]|needs 8 elements, got 3",
                "[-1,4]|[1,2,3,4]|negative",
                "[1099511627776,4]|[1]|more elements than a tensor can hold",
                "[4294967296,4294967296]|[1]|more elements than a tensor can hold",
                "[1,4]|[1,2,\"a\",4]|element 2 is not a number",
                "[1,4]|7|must be an array",
                "[1.5,4]|[1]|whole numbers",
                "[1,4]|[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]|nesting"
            })
    void whatDoesNotFitIsRefusedWithWhatWasExpected(String shape, String data, String words) {
        // When
        HttpResponse<String> answer = server.post(INFER, request(shape, data));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":").containsIgnoringCase(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|400",
                "[]|400",
                "nonsense|400",
                "``|400",
                "{}|400",
                "{\"inputs\":[{}]}|400",
                "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\"}]}|400",
                "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FLOAT\",\"data\":[1,2,3,4]}]}|400",
                "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"INT64\",\"data\":[1,2,3,4]}]}|400",
                "{\"inputs\":[{\"name\":\"Y\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]}|400",
                "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}],\"outputs\":[{\"name\":\"no\"}]}|400",
                "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]} more|400"
            })
    void aBadBodyIsTheSendersMistake(String body, int status) {
        // When
        HttpResponse<String> answer = server.post(INFER, body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v2/models/none,404",
        "GET,/v2/models/none/ready,404",
        "POST,/v2/models/none/infer,404",
        "POST,/v2/models/iris/versions/9/infer,404",
        "GET,/v2/models/iris/versions/9,404",
        "GET,/v2/nothing,404",
        "GET,/,404",
        "GET,/v2/models/iris/infer,405",
        "POST,/v2/models/iris,405",
        "GET,/v2/models/%2e%2e,400",
        "GET,/v2/models/..%2fx,400",
        "GET,/v2/models/a%00b,400",
        "GET,/v2/models/con,400",
        "GET,/v2/models/iris/versions/..%5cx,400",
        "POST,/v2/repository/models/iris/load,403",
        "POST,/v2/repository/models/iris/unload,403"
    })
    void whatIsNotThereOrNotAllowedIsAnsweredWithAnError(String method, String path, int status) {
        // When
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(server.uri(path)).method(method, BodyPublishers.ofString("{bad")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    @Test
    void theIndexNamesEveryModel() {
        assertThat(server.post("/v2/repository/index", "").body())
                .startsWith("[")
                .contains("{\"name\":\"iris\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}");
    }

    @Test
    void anOutputThatNoMemoryHoldsFailsAlone() {
        // When
        HttpResponse<String> answer = server.post(
                "/v2/models/unbounded/infer",
                "{\"inputs\":[{\"name\":\"shape\",\"shape\":[2],\"datatype\":\"INT64\",\"data\":[1099511627776,1048576]}]}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(server.post(INFER, request("[1,4]", ROW)).statusCode()).isEqualTo(200);
    }

    @Test
    void halfFloatsTravelRawOnly() {
        // Given
        String asked = "{\"inputs\":[{\"name\":\"half\",\"shape\":[1,2],\"datatype\":\"FP16\",\"data\":[1,2]}]}";
        String json = "{\"inputs\":[{\"name\":\"half\",\"shape\":[1,2],\"datatype\":\"FP16\",\"parameters\":"
                + "{\"binary_data_size\":4}}],\"outputs\":[{\"name\":\"wide\"},"
                + "{\"name\":\"half_out\",\"parameters\":{\"binary_data\":true}}]}";
        byte[] body = Arrays.copyOf(json.getBytes(UTF_8), json.length() + 4);
        body[json.length() + 1] = 0x3C;
        body[json.length() + 3] = 0x40;

        // When
        HttpResponse<String> typed = server.post("/v2/models/half/infer", asked);
        HttpResponse<String> raw = server.send(HttpRequest.newBuilder(server.uri("/v2/models/half/infer"))
                .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                .POST(BodyPublishers.ofByteArray(body)));

        // Then
        assertThat(typed.statusCode()).isEqualTo(400);
        assertThat(raw.body()).contains("\"data\":[1.0,2.0]").contains("\"binary_data_size\":4");
    }

    @Test
    void whatAShadowAnswersIsComparedAndCounted() {
        // Given
        byte[] asked = request("[1,4]", ROW).getBytes(UTF_8);
        byte[] answered = "{\"outputs\":[{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[2]}]}"
                .getBytes(UTF_8);
        ByteBuffer body = ByteBuffer.allocate(16 + asked.length + answered.length)
                .putLong(asked.length)
                .putLong(answered.length)
                .put(asked)
                .put(answered);

        // When
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri("/shadow/models/iris"))
                .POST(BodyPublishers.ofByteArray(body.array())));

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(server.admin("/stats").body())
                .contains("\"shadow\":{\"count\":1,\"failures\":0,\"disagreements\":1,"
                        + "\"maxAbsoluteDifference\":2.0"));
    }

    @Test
    void metricsAreByModelAndVersion() {
        // Given
        server.post(INFER, request("[1,4]", ROW));

        // Then
        assertThat(server.admin("/metrics").body())
                .contains("benchtop_model_requests_total{model=\"iris\",version=\"1\",outcome=\"ok\",}")
                .contains("benchtop_model_request_seconds_bucket{model=\"iris\",version=\"1\",le=\"0.001\",}")
                .contains("benchtop_model_in_flight{model=\"iris\",version=\"1\",}");
    }
}
