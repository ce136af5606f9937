package io.benchtop.proxy.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A model-server that answers every gRPC call with its version, the method and what it was sent. */
public final class GrpcModel implements AutoCloseable {

    private final String version;
    private final Server server;
    private final int port;
    public final AtomicInteger answered = new AtomicInteger();
    public volatile Metadata headers = new Metadata();

    public GrpcModel(String version) {
        this.version = version;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .fallbackHandlerRegistry(new HandlerRegistry() {
                        @Override
                        public ServerMethodDefinition<?, ?> lookupMethod(String method, String authority) {
                            ServerCallHandler<byte[], byte[]> handler = GrpcModel.this::start;
                            return ServerMethodDefinition.create(unary(method), handler);
                        }
                    })
                    .build()
                    .start();
            port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerCall.Listener<byte[]> start(ServerCall<byte[], byte[]> call, Metadata theirs) {
        headers = theirs;
        call.request(2);
        return new ServerCall.Listener<>() {
            private byte[] message = new byte[0];

            @Override
            public void onMessage(byte[] bytes) {
                message = bytes;
            }

            @Override
            public void onHalfClose() {
                String method = call.getMethodDescriptor().getBareMethodName();
                call.sendHeaders(new Metadata());
                call.sendMessage((version + " " + method + " " + new String(message, UTF_8)).getBytes(UTF_8));
                call.close(Status.OK, new Metadata());
                answered.incrementAndGet();
            }
        };
    }

    public int port() {
        return port;
    }

    public static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** A method whose messages are bytes. */
    public static MethodDescriptor<byte[], byte[]> unary(String method) {
        return MethodDescriptor.newBuilder(new Raw(), new Raw())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .build();
    }

    private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
