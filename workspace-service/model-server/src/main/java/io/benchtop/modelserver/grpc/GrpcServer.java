package io.benchtop.modelserver.grpc;

import io.benchtop.modelserver.engine.Serving;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gRPC port. Messages are read and written on the event loops; runs happen elsewhere. */
public final class GrpcServer implements AutoCloseable {

    private static final int LONGEST_HEAD = 32_768;
    private static final int CALLS_OF_CONNECTION = 1024;

    private final Serving serving;
    private final int maxMessage;
    private @Nullable Server server;

    public GrpcServer(Serving serving, int maxMessage) {
        this.serving = serving;
        this.maxMessage = maxMessage;
    }

    /** Starts to listen; returns where. */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException {
        Server started = NettyServerBuilder.forAddress(address)
                .directExecutor()
                .maxInboundMessageSize(maxMessage)
                .maxInboundMetadataSize(LONGEST_HEAD)
                .maxConcurrentCallsPerConnection(CALLS_OF_CONNECTION)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(new KeyInterceptor(serving.key()))
                .addService(new InferenceService(serving))
                .build()
                .start();
        server = started;
        return new InetSocketAddress(address.getAddress(), started.getPort());
    }

    /** Takes no new calls; those in progress go on. */
    public void refuseNew() {
        if (server != null) {
            var _ = server.shutdown();
        }
    }

    public void await(Duration limit) throws InterruptedException {
        if (server != null) {
            var _ = server.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            var _ = server.shutdownNow();
        }
    }
}
