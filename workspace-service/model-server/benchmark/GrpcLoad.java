import com.google.protobuf.ByteString;
import io.benchtop.modelserver.wire.GRPCInferenceServiceGrpc;
import io.benchtop.modelserver.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import io.benchtop.modelserver.wire.ModelInferRequest;
import io.benchtop.modelserver.wire.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Clients that send raw tensors by gRPC, each its next request when the last was answered; prints what wrk's script prints.
 * Arguments: port, model, width, rows, clients, seconds. It counts once all have been answered a few times and a second is over.
 * BENCHTOP_TOKEN is sent where it is set.
 */
final class GrpcLoad implements StreamObserver<ModelInferResponse> {

    private static final int CHANNELS = 4;
    private static final int WARM_ANSWERS = 10;

    /** When to count; far away until all are warm. */
    private static final class Span {

        private final AtomicLong answered = new AtomicLong();
        private volatile long from = Long.MAX_VALUE;
        private volatile long until = Long.MAX_VALUE;

        void begin(int clients, long seconds) throws InterruptedException {
            Thread.sleep(1000);
            for (int i = 0; i < 3000 && answered.get() < (long) WARM_ANSWERS * clients; i++) {
                Thread.sleep(10);
            }
            from = System.nanoTime();
            until = from + TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    private final GRPCInferenceServiceStub stub;
    private final ModelInferRequest request;
    private final CountDownLatch clients;
    private final Span span;
    private long[] nanos = new long[1 << 12];
    private int count;
    private int errors;
    private long sentAt;

    private GrpcLoad(GRPCInferenceServiceStub stub, ModelInferRequest request, CountDownLatch clients, Span span) {
        this.stub = stub;
        this.request = request;
        this.clients = clients;
        this.span = span;
    }

    private void next() {
        sentAt = System.nanoTime();
        if (sentAt >= span.until) {
            clients.countDown();
        } else {
            stub.modelInfer(request, this);
        }
    }

    @Override
    public void onNext(ModelInferResponse answer) {}

    @Override
    public void onError(Throwable error) {
        errors++;
        next();
    }

    @Override
    public void onCompleted() {
        span.answered.incrementAndGet();
        if (sentAt >= span.from) {
            nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
            nanos[count++] = System.nanoTime() - sentAt;
        }
        next();
    }

    private static ModelInferRequest request(String model, int width, int rows) {
        ByteBuffer raw = ByteBuffer.allocate(4 * width * rows).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(1);
        while (raw.hasRemaining()) {
            raw.putFloat((float) random.nextGaussian());
        }
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("X")
                        .setDatatype("FP32")
                        .addShape(rows)
                        .addShape(width))
                .addRawInputContents(ByteString.copyFrom(raw.flip()))
                .build();
    }

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        ModelInferRequest request =
                request(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        int count = Integer.parseInt(arguments[4]);
        long seconds = Long.parseLong(arguments[5]);
        Metadata headers = new Metadata();
        String token = System.getenv("BENCHTOP_TOKEN");
        if (token != null) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .directExecutor()
                    .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .build());
        }
        CountDownLatch running = new CountDownLatch(count);
        Span span = new Span();
        List<GrpcLoad> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GRPCInferenceServiceStub stub = GRPCInferenceServiceGrpc.newStub(channels.get(i % CHANNELS));
            clients.add(new GrpcLoad(stub, request, running, span));
        }
        clients.forEach(GrpcLoad::next);
        span.begin(count, seconds);
        running.await();
        channels.forEach(ManagedChannel::shutdownNow);
        long[] all = clients.stream()
                .flatMapToLong(client -> LongStream.of(client.nanos).limit(client.count))
                .sorted()
                .toArray();
        int errors = clients.stream().mapToInt(client -> client.errors).sum();
        System.out.printf(
                "RESULT %d %d %d %d %d%n",
                all.length,
                seconds * 1_000_000,
                errors,
                all.length == 0 ? 0 : all[all.length / 2] / 1000,
                all.length == 0 ? 0 : all[(int) (all.length * 0.99)] / 1000);
    }
}
