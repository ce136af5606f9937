package io.benchtop.proxy.grpc;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as they are on the wire: what a model-server understands need not be understood here. */
final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    private static final Bytes MARSHALLER = new Bytes();

    private Bytes() {}

    static MethodDescriptor<byte[], byte[]> unary(String fullMethodName) {
        return MethodDescriptor.newBuilder(MARSHALLER, MARSHALLER)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(fullMethodName)
                .build();
    }

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
