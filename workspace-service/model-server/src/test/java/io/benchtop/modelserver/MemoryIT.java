package io.benchtop.modelserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.benchtop.modelserver.testing.RawClient;
import io.benchtop.modelserver.testing.RunningServer;
import io.benchtop.modelserver.wire.GRPCInferenceServiceGrpc;
import io.benchtop.modelserver.wire.InferTensorContents;
import io.benchtop.modelserver.wire.ModelInferRequest;
import io.benchtop.modelserver.wire.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with little memory outside the heap: whom it has none for is told so, and the others notice nothing. */
class MemoryIT {

    private static final String INFER = "/v2/models/iris/infer";
    private static final Duration SOON = Duration.ofSeconds(15);

    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(
                List.of("-XX:MaxDirectMemorySize=48m"),
                List.of(
                        "--model",
                        "iris=" + RunningServer.MODELS.resolve("iris"),
                        "--model",
                        "half=" + RunningServer.MODELS.resolve("half"),
                        "--max-body",
                        "100000000"));
    }

    /** Whatever was refused, the next request is answered, and the end waits for nobody. */
    @AfterEach
    void theServerIsAsBefore() throws Exception {
        try {
            assertThat(server.post(INFER, request("[1,4]", "5.1,3.5,1.4,0.2")).statusCode())
                    .isEqualTo(200);
            long asked = System.nanoTime();
            assertThat(server.terminate()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(SOON);
            assertThat(server.log()).doesNotContain("LEAK");
        } finally {
            server.close();
        }
    }

    private static String request(String shape, String data) {
        return "{\"inputs\":[{\"name\":\"X\",\"shape\":" + shape + ",\"datatype\":\"FP32\",\"data\":[" + data + "]}]}";
    }

    @Test
    void tensorsThatPromiseMuchAndHoldNothingAreTheSendersMistake() {
        // Given
        String tensors = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"name\":\"x" + i + "\",\"shape\":[500000],\"datatype\":\"FP64\",\"data\":[]}")
                .collect(Collectors.joining(","));

        // When
        HttpResponse<String> answer = server.post(INFER, "{\"inputs\":[" + tensors + "]" + " ".repeat(1_000_000) + "}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("input 'x0': shape [500000] needs 500000 elements, got 0");
    }

    @Test
    void aRequestThatCannotBeReadIsToComeAgain() {
        // When
        HttpResponse<String> answer = server.post(
                INFER, request("[7000000]", "0,".repeat(6_999_999) + "0").replace("FP32", "FP64"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void aBodyThatCannotBeGatheredIsToComeAgain() throws Exception {
        // Given
        byte[] body = RawClient.post(INFER, request("[1,4]", " ".repeat(90_000_000)));

        try (RawClient client = new RawClient(server.port("http"))) {
            // When
            client.send(body);

            // Then
            assertThat(client.receive().status()).isEqualTo(429);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenIsToComeAgain() {
        // Given
        int rows = 2_000_000;
        String json = "{\"outputs\":[{\"name\":\"wide\"}],\"inputs\":[{\"name\":\"half\",\"shape\":[" + rows
                + ",2],\"datatype\":\"FP16\",\"parameters\":{\"binary_data_size\":" + 4 * rows + "}}]}";
        byte[] body = new byte[json.length() + 4 * rows];
        Arrays.fill(body, (byte) 0x2E);
        System.arraycopy(json.getBytes(US_ASCII), 0, body, 0, json.length());

        // When
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri("/v2/models/half/infer"))
                .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                .POST(BodyPublishers.ofByteArray(body)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("x-model-version")).hasValue("1");
    }

    @Test
    void aMessageThatCannotBeReadIsToComeAgain() {
        // Given
        int elements = 7_000_000;
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName("iris")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("X")
                        .setDatatype("INT64")
                        .addShape(elements)
                        .setContents(InferTensorContents.newBuilder()
                                .addAllInt64Contents(Collections.nCopies(elements, 0L))))
                .build();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port("grpc"))
                .usePlaintext()
                .build();

        // When
        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> GRPCInferenceServiceGrpc.newBlockingStub(channel).modelInfer(request));
        channel.shutdownNow();

        // Then
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.getStatus().getDescription()).contains("try again later");
    }
}
