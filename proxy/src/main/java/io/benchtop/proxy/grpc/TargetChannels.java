package io.benchtop.proxy.grpc;

import io.benchtop.proxy.serving.ModelTarget;
import io.benchtop.proxy.serving.TargetListener;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One channel to each model-server that was ever called by gRPC, until it is retired. Thread-safe. */
final class TargetChannels implements TargetListener, AutoCloseable {

    private final Map<ModelTarget, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final int maxMessageBytes;

    TargetChannels(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** The channel to a model-server, or null if it has no gRPC port or is retired. */
    @Nullable
    ManagedChannel to(ModelTarget target) {
        String address = target.grpc();
        if (address == null) {
            return null;
        }
        ManagedChannel channel = channels.computeIfAbsent(target, key -> open(address));
        if (target.isRetired()) {
            targetRetired(target);
            return null;
        }
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // Whom to leave out for how long is decided elsewhere; who is chosen is tried.
            channel.resetConnectBackoff();
        }
        return channel;
    }

    private ManagedChannel open(String address) {
        return NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .directExecutor()
                .disableRetry()
                .maxInboundMessageSize(maxMessageBytes)
                .build();
    }

    /** Calls in progress end by themselves. */
    @Override
    public void targetRetired(ModelTarget target) {
        ManagedChannel channel = channels.remove(target);
        if (channel != null) {
            channel.shutdown();
        }
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        channels.clear();
    }
}
