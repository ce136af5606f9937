package io.benchtop.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointRoute.Arm;
import io.benchtop.api.routing.EndpointRoute.ArmState;
import io.benchtop.api.routing.EndpointRoute.Limits;
import io.benchtop.api.routing.EndpointRoute.Range;
import io.benchtop.api.routing.EndpointRoute.Sticky;
import io.benchtop.api.routing.EndpointRoute.Target;
import io.benchtop.proxy.testing.GrpcModel;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of endpoints by gRPC, as bytes, between a client and stand-ins for model-servers. */
class GrpcServingIT {

    private static final String KEY = "serving-key-0123456789";
    private static final String TOKEN = "bt_" + "g".repeat(12) + "_" + "x".repeat(43);
    private static final String INFER = "ModelInfer";

    private final TestingProxy proxy =
            new TestingProxy(Map.of("BENCHTOP_PROXY_GRPC_LISTEN", "127.0.0.1:0", "BENCHTOP_PROXY_RECOVERY", "2s"));
    private final GrpcModel one = new GrpcModel("1.0.0");
    private final GrpcModel other = new GrpcModel("1.0.0");
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicReference<Metadata> answerHeaders = new AtomicReference<>();
    private final AtomicReference<Metadata> answerTrailers = new AtomicReference<>();
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        proxy.control.tokens.put(
                TOKEN,
                "{\"user\":\"alice\",\"name\":\"N\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"gggggggggggg\",\"client\":\"shop\"}");
        int port = proxy.proxy.grpcAddress().getPort();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        proxy.close();
        one.close();
        other.close();
    }

    private static Arm arm(ArmState state, GrpcModel... servers) {
        List<Target> targets = Arrays.stream(servers)
                .map(server -> new Target("http://127.0.0.1:1", "127.0.0.1:" + server.port(), KEY))
                .toList();
        return new Arm("1.0.0", "iris", List.of(new Range(0, 10_000)), state, targets);
    }

    private void publish(Limits limits, Arm arm) {
        int number = generation.incrementAndGet();
        proxy.control.put(new EndpointRoute(
                "iris",
                "ep_1",
                "olga",
                List.of("alice"),
                "salt",
                Sticky.NONE,
                List.of(arm),
                null,
                limits,
                null,
                number));
        await().until(() -> proxy.proxy.routes().endpoint("iris") != null
                && proxy.proxy.routes().endpoint("iris").generation() == number);
    }

    private static byte[] message(String model) {
        byte[] name = model.getBytes(UTF_8);
        byte[] message = new byte[name.length + 2];
        message[0] = 0x0a;
        message[1] = (byte) name.length;
        System.arraycopy(name, 0, message, 2, name.length);
        return message;
    }

    private String call(String method, byte[] message, String token, String... more) {
        Metadata own = new Metadata();
        if (!token.isEmpty()) {
            own.put(GrpcModel.key("authorization"), "Bearer " + token);
        }
        for (int i = 0; i < more.length; i += 2) {
            own.put(GrpcModel.key(more[i]), more[i + 1]);
        }
        var speaking = ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(own),
                MetadataUtils.newCaptureMetadataInterceptor(answerHeaders, answerTrailers));
        byte[] answer = ClientCalls.blockingUnaryCall(
                speaking, GrpcModel.unary("inference.GRPCInferenceService/" + method), CallOptions.DEFAULT, message);
        return new String(answer, UTF_8);
    }

    private Status.Code refusal(String method, byte[] message, String token, String... more) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> call(method, message, token, more))
                .getStatus()
                .getCode();
    }

    @Test
    void aCallReachesTheModelServerAsItIsAndWithItsKey() {
        // Given
        publish(Limits.NONE, arm(ArmState.READY, one));

        // When
        String answer = call(INFER, message("iris"), TOKEN);

        // Then
        assertThat(answer).isEqualTo("1.0.0 ModelInfer " + new String(message("iris"), UTF_8));
        assertThat(one.headers.get(GrpcModel.key("x-benchtop-serving-key"))).isEqualTo(KEY);
        assertThat(one.headers.get(GrpcModel.key("authorization"))).isNull();
        assertThat(answerHeaders.get().get(GrpcModel.key("x-model-version"))).isEqualTo("1.0.0");
        assertThat(answerHeaders.get().get(GrpcModel.key("x-experiment-arm"))).isEqualTo("1.0.0");
        assertThat(answerHeaders.get().get(GrpcModel.key("x-benchtop-serving-key")))
                .isNull();
    }

    @Test
    void aCallThatNamesNoModelNamesItsEndpointBeside() {
        // Given
        publish(Limits.NONE, arm(ArmState.READY, one));

        // When / Then
        assertThat(call("ServerLive", new byte[0], TOKEN, "benchtop-endpoint", "iris"))
                .startsWith("1.0.0 ServerLive");
        assertThat(refusal("ServerLive", new byte[0], TOKEN)).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void whatMayNotBeCalledIsRefusedByItsCode() {
        // Given
        publish(new Limits(0.1, 1, 0, 0, 1000), arm(ArmState.READY, one));

        // When / Then
        assertThat(refusal(INFER, message("iris"), "")).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(INFER, message("iris"), TOKEN.replace('x', 'y'))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(INFER, message("rose"), TOKEN)).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refusal("RepositoryModelLoad", message("iris"), TOKEN)).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal("ModelStreamInfer", message("iris"), TOKEN)).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(call(INFER, message("iris"), TOKEN)).startsWith("1.0.0");
        assertThat(refusal(INFER, message("iris"), TOKEN)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(answerTrailers.get().get(GrpcModel.key("retry-after"))).isEqualTo("10");
    }

    @Test
    void aMessageThatIsTooLongIsRefused() {
        // Given
        publish(new Limits(0, 0, 0, 0, 5), arm(ArmState.READY, one));

        // When / Then
        assertThat(refusal(INFER, message("iris"), TOKEN)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void f22_aModelServerThatIsKilledUnderLoadCostsNoCall() throws Exception {
        // Given
        publish(Limits.NONE, arm(ArmState.READY, one, other));
        call(INFER, message("iris"), TOKEN);
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        AtomicInteger done = new AtomicInteger();
        List<Thread> load = IntStream.range(0, 4)
                .mapToObj(worker -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 200; i++) {
                        try {
                            call(INFER, message("iris"), TOKEN);
                        } catch (StatusRuntimeException e) {
                            wrong.add(e);
                        }
                        done.incrementAndGet();
                    }
                }))
                .toList();

        // When
        await().until(() -> done.get() > 200);
        one.close();
        for (Thread thread : load) {
            thread.join();
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(other.answered.get()).isGreaterThan(300);
    }

    @Test
    void withoutAnyModelServerItIsUnavailable() {
        // Given
        one.close();
        publish(Limits.NONE, arm(ArmState.READY, one));

        // When / Then
        assertThat(refusal(INFER, message("iris"), TOKEN)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void theOnlyModelServerThatIsGoneIsWaitedFor() {
        // Given
        publish(Limits.NONE, arm(ArmState.READY, one));
        call(INFER, message("iris"), TOKEN);
        one.close();
        AtomicReference<String> answer = new AtomicReference<>();
        Thread.ofVirtual().start(() -> answer.set(call(INFER, message("iris"), TOKEN)));
        await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                .contains("benchtop_proxy_inference_waiting{endpoint=\"iris\",} 1.0"));

        // When
        publish(Limits.NONE, arm(ArmState.READY, other));

        // Then
        await().untilAsserted(() -> assertThat(answer.get()).startsWith("1.0.0"));
    }

    @Test
    void aCallWaitsForAModelThatSleeps() {
        // Given
        publish(Limits.NONE, arm(ArmState.ASLEEP));
        AtomicReference<String> answer = new AtomicReference<>();
        Thread.ofVirtual().start(() -> answer.set(call(INFER, message("iris"), TOKEN)));
        await().until(() -> proxy.control.wakes.contains("/internal/endpoints/iris:wake"));

        // When
        publish(Limits.NONE, arm(ArmState.READY, one));

        // Then
        await().untilAsserted(() -> assertThat(answer.get()).startsWith("1.0.0"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> proxy.control.usage.stream()
                        .flatMap(report -> report.endpoints().stream())
                        .flatMap(endpoint -> endpoint.clients().stream())
                        .anyMatch(client -> client.client().equals("shop")));
    }
}
