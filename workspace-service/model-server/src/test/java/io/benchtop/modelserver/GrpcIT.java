package io.benchtop.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.benchtop.modelserver.testing.RunningServer;
import io.benchtop.modelserver.wire.GRPCInferenceServiceGrpc;
import io.benchtop.modelserver.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.benchtop.modelserver.wire.InferTensorContents;
import io.benchtop.modelserver.wire.ModelInferRequest;
import io.benchtop.modelserver.wire.ModelInferRequest.InferInputTensor;
import io.benchtop.modelserver.wire.ModelInferResponse;
import io.benchtop.modelserver.wire.ModelMetadataRequest;
import io.benchtop.modelserver.wire.ModelReadyRequest;
import io.benchtop.modelserver.wire.ServerLiveRequest;
import io.benchtop.modelserver.wire.ServerMetadataRequest;
import io.benchtop.modelserver.wire.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Open Inference Protocol over gRPC, as a Java client sees it. */
class GrpcIT {

    private static RunningServer server;
    private static ManagedChannel channel;
    private static GRPCInferenceServiceBlockingStub client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "secret");
        List<String> options = new ArrayList<>(List.of("--key-file", key.toString(), "--max-body", "1000000"));
        for (String model : List.of("iris", "types", "half", "lookup", "slow")) {
            options.addAll(List.of("--model", model + "=" + RunningServer.MODELS.resolve(model)));
        }
        server = RunningServer.start(options);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port("grpc"))
                .usePlaintext()
                .build();
        client = with("secret");
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        assertThat(server.log()).doesNotContain("LEAK");
        server.close();
    }

    private static GRPCInferenceServiceBlockingStub with(String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-benchtop-serving-key", Metadata.ASCII_STRING_MARSHALLER), key);
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(10, TimeUnit.MINUTES);
    }

    private static InferInputTensor.Builder input(String name, String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName(name).setDatatype(datatype);
        for (long dimension : shape) {
            input.addShape(dimension);
        }
        return input;
    }

    private static ModelInferRequest iris(float... row) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (float value : row) {
            contents.addFp32Contents(value);
        }
        return ModelInferRequest.newBuilder()
                .setModelName("iris")
                .setId("q-1")
                .addInputs(input("X", "FP32", 1, row.length).setContents(contents))
                .build();
    }

    private static Status.Code code(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call)
                .getStatus()
                .getCode();
    }

    @Test
    void healthAndMetadata() {
        assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(client.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getExtensionsList())
                .contains("binary_tensor_data");
        assertThat(client.modelReady(
                                ModelReadyRequest.newBuilder().setName("iris").build())
                        .getReady())
                .isTrue();
        assertThat(client.modelMetadata(ModelMetadataRequest.newBuilder()
                                .setName("iris")
                                .build())
                        .getInputs(0)
                        .getShapeList())
                .containsExactly(-1L, 4L);
    }

    @Test
    void typedContentsAreAnsweredWithTypedContents() {
        // When
        ModelInferResponse answer = client.modelInfer(iris(5.1f, 3.5f, 1.4f, 0.2f));

        // Then
        assertThat(answer.getId()).isEqualTo("q-1");
        assertThat(answer.getModelVersion()).isEqualTo("1");
        assertThat(answer.getRawOutputContentsCount()).isZero();
        assertThat(answer.getOutputs(0).getContents().getInt64ContentsList()).containsExactly(0L);
        assertThat(answer.getOutputs(1).getContents().getFp32Contents(0)).isGreaterThan(0.9f);
    }

    @Test
    void rawContentsAreAnsweredWithRawContents() {
        // Given
        ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        raw.putFloat(5.1f).putFloat(3.5f).putFloat(1.4f).putFloat(0.2f).flip();

        // When
        ModelInferResponse answer = client.modelInfer(ModelInferRequest.newBuilder()
                .setModelName("iris")
                .addInputs(input("X", "FP32", 1, 4))
                .addRawInputContents(ByteString.copyFrom(raw))
                .build());

        // Then
        assertThat(answer.getRawOutputContents(0).size()).isEqualTo(8);
        assertThat(answer.getRawOutputContents(1).size()).isEqualTo(12);
        assertThat(answer.getOutputs(0).hasContents()).isFalse();
    }

    @Test
    void halfFloatsTravelRawOnly() {
        // Given
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName("half").addInputs(input("half", "FP16", 1, 2));

        // Then
        assertThat(client.modelInfer(request.clone()
                                .addRawInputContents(ByteString.copyFrom(new byte[] {0, 0x3C, 0, 0x40}))
                                .build())
                        .getRawOutputContentsCount())
                .isEqualTo(2);
        assertThat(code(() -> client.modelInfer(request.build()))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void whatIsWrongHasItsStatus() {
        assertThat(code(() -> client.modelInfer(
                        ModelInferRequest.newBuilder().setModelName("none").build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> client.modelReady(
                        ModelReadyRequest.newBuilder().setName("none").build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> client.modelInfer(iris(1, 2, 3)))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> client.modelInfer(ModelInferRequest.newBuilder()
                        .setModelName("iris")
                        .addInputs(input("X", "FP32", 1, 4))
                        .addRawInputContents(ByteString.copyFrom(new byte[15]))
                        .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> client.modelInfer(ModelInferRequest.newBuilder()
                        .setModelName("iris")
                        .addInputs(input("X", "FP32", 1_000_000, 4))
                        .addRawInputContents(ByteString.copyFrom(new byte[16_000_000]))
                        .build())))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void withoutTheKeyNobodyIsServed() {
        assertThat(code(() -> with("other").serverLive(ServerLiveRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(code(() -> GRPCInferenceServiceGrpc.newBlockingStub(channel).modelInfer(iris(1, 2, 3, 4))))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aCallWhoseDeadlineIsOverIsGivenUp() {
        // Given
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName("slow")
                .addInputs(input("rounds", "INT64", 1)
                        .setContents(InferTensorContents.newBuilder().addInt64Contents(20_000)))
                .build();

        // Then
        assertThat(code(() ->
                        client.withDeadlineAfter(100, TimeUnit.MILLISECONDS).modelInfer(request)))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(client.modelInfer(iris(5.1f, 3.5f, 1.4f, 0.2f)).getOutputsCount())
                .isEqualTo(2);
    }
}
