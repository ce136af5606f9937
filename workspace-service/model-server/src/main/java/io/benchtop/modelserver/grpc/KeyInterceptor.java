package io.benchtop.modelserver.grpc;

import io.benchtop.modelserver.engine.ServingKey;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Locale;

/** Lets only calls through that know the key. */
final class KeyInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> NAME =
            Metadata.Key.of(ServingKey.HEADER.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER);

    private final ServingKey key;

    KeyInterceptor(ServingKey key) {
        this.key = key;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (key.admits(headers.get(NAME))) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.UNAUTHENTICATED.withDescription("this server needs the right metadata " + NAME.name()),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
