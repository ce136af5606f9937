package io.benchtop.proxy.grpc;

import io.benchtop.proxy.auth.TokenIntrospection;
import io.benchtop.proxy.routing.LiveRoutes;
import io.benchtop.proxy.serving.Endpoints;
import io.grpc.HandlerRegistry;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the unary calls of the Open Inference Protocol's gRPC service and passes each on to a model-server, byte for
 * byte. Without TLS, as the proxy's HTTP listener: whoever ends TLS in front of that one does it here too.
 */
public final class GrpcServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int MAX_CALLS_PER_CONNECTION = 256;
    private static final int MAX_METADATA_BYTES = 32 * 1024;

    private final Server server;
    private final TargetChannels channels = new TargetChannels(MAX_MESSAGE_BYTES);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("grpc-wait").factory());

    /** Made but not started. */
    public GrpcServer(InetSocketAddress listen, Endpoints endpoints, TokenIntrospection tokens, LiveRoutes routes) {
        endpoints.addListener(channels);
        var parts =
                new PassedCall.Parts(endpoints, tokens, routes, channels, timer, HeldBytes.ofHeap(MAX_MESSAGE_BYTES));
        // Nothing here waits: what takes time is told later, on the thread that knows it.
        this.server = NettyServerBuilder.forAddress(listen)
                .directExecutor()
                .fallbackHandlerRegistry(new AnyMethod(parts))
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .build();
    }

    /** Every method of the service that is unary and has no effect; the others are not there. */
    private static final class AnyMethod extends HandlerRegistry {

        private static final String SERVICE = "inference.GRPCInferenceService/";
        private static final String STREAM = SERVICE + "ModelStreamInfer";

        private final PassedCall.Parts parts;

        private AnyMethod(PassedCall.Parts parts) {
            this.parts = parts;
        }

        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            if (!method.startsWith(SERVICE) || method.equals(STREAM)) {
                return null;
            }
            ServerCallHandler<byte[], byte[]> handler = (call, headers) -> PassedCall.start(parts, call, headers);
            return ServerMethodDefinition.create(Bytes.unary(method), handler);
        }
    }

    /** Listens; returns where. */
    public InetSocketAddress start() throws IOException {
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenSockets().getFirst();
        LOG.info("gRPC listening host={} port={}", address.getAddress().getHostAddress(), address.getPort());
        return address;
    }

    /** Takes no new calls from now on. */
    public void refuseNew() {
        server.shutdown();
    }

    /** Returns when the calls in progress have ended or the time is up. */
    public void drain(Duration limit) throws InterruptedException {
        server.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        server.shutdownNow();
        channels.close();
        timer.shutdownNow();
    }
}
