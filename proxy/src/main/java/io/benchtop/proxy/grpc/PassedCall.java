package io.benchtop.proxy.grpc;

import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.auth.TokenIntrospection;
import io.benchtop.proxy.auth.Verdict;
import io.benchtop.proxy.routing.LiveRoutes;
import io.benchtop.proxy.serving.Admission;
import io.benchtop.proxy.serving.Call;
import io.benchtop.proxy.serving.CallerHints;
import io.benchtop.proxy.serving.Denial;
import io.benchtop.proxy.serving.Endpoint;
import io.benchtop.proxy.serving.Endpoints;
import io.benchtop.proxy.serving.ModelTarget;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way from the client to a model-server and back. What the client, the model-server and the route table say
 * arrives on threads of theirs; each enters under this object's lock, so there is one order of events:
 *
 * <pre>
 *   who? ──► message ──► may? ──► (wait for the model) ──► model-server ──► answer
 *                                        ▲                     │ gone without an answer
 *                                        └──── another one ◄───┘ (which may have to come first)
 * </pre>
 */
final class PassedCall extends ServerCall.Listener<byte[]> {

    private static final long WAIT_NANOS = Duration.ofSeconds(60).toNanos();
    private static final String BEARER = "bearer ";
    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
    private static final Metadata.Key<String> ENDPOINT = key("benchtop-endpoint");
    private static final Metadata.Key<String> SERVING_KEY = key("x-benchtop-serving-key");
    private static final Metadata.Key<String> MODEL_VERSION = key("x-model-version");
    private static final Metadata.Key<String> EXPERIMENT_ARM = key("x-experiment-arm");
    private static final Metadata.Key<String> RETRY_AFTER = key("retry-after");

    /** What every call needs around it. */
    record Parts(
            Endpoints endpoints,
            TokenIntrospection tokens,
            LiveRoutes routes,
            TargetChannels channels,
            ScheduledExecutorService timer,
            HeldBytes memory) {}

    private final Parts parts;
    private final ServerCall<byte[], byte[]> client;
    private final Metadata headers;
    private final String method;
    private final @Nullable Deadline deadline;
    private @Nullable Principal who;
    private byte @Nullable [] message;
    private @Nullable Call call;
    private @Nullable ClientCall<byte[], byte[]> upstream;
    private long waitsUntil;
    private @Nullable Future<?> patience;
    private @Nullable String answeringVersion;
    private boolean answered;
    private boolean closed;

    private PassedCall(Parts parts, ServerCall<byte[], byte[]> client, Metadata headers) {
        this.parts = parts;
        this.client = client;
        this.headers = headers;
        this.method = client.getMethodDescriptor().getFullMethodName();
        this.deadline = Context.current().getDeadline();
    }

    /** Takes no message before it is known whose it is. */
    static ServerCall.Listener<byte[]> start(Parts parts, ServerCall<byte[], byte[]> client, Metadata headers) {
        PassedCall passed = new PassedCall(parts, client, headers);
        passed.authenticate();
        return passed;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    // ---- from the client

    @Override
    public synchronized void onMessage(byte[] bytes) {
        if (message != null) {
            close(Status.INVALID_ARGUMENT.withDescription("A unary call has one message."), new Metadata());
            return;
        }
        if (closed) {
            return;
        }
        if (parts.memory().take(bytes.length)) {
            message = bytes;
        } else {
            deny(Denial.MEMORY_FULL);
        }
    }

    @Override
    public synchronized void onHalfClose() {
        byte[] whole = message;
        Principal caller = who;
        if (whole == null || caller == null) {
            close(Status.INVALID_ARGUMENT.withDescription("A unary call has a message."), new Metadata());
        } else {
            admit(caller, whole);
        }
    }

    @Override
    public synchronized void onCancel() {
        end(Statuses.http(Status.Code.CANCELLED), true);
        ClientCall<byte[], byte[]> running = upstream;
        if (running != null) {
            running.cancel("the client is gone", null);
        }
    }

    private synchronized void authenticate() {
        String token = bearer();
        if (token == null) {
            deny(Denial.UNAUTHENTICATED);
            return;
        }
        Verdict known = parts.tokens().recall(token);
        if (known == null) {
            parts.tokens().introspect(token, Runnable::run, verdict -> decided(verdict, token));
        } else {
            decided(known, token);
        }
    }

    private @Nullable String bearer() {
        String value = headers.get(AUTHORIZATION);
        return value == null || !value.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? null
                : value.substring(BEARER.length()).strip();
    }

    /** The token may have been revoked while its verdict was on the way. */
    private synchronized void decided(Verdict verdict, String token) {
        Verdict now = verdict instanceof Verdict.Proven ? parts.tokens().recall(token) : verdict;
        switch (now == null ? verdict : now) {
            case Verdict.Proven(Principal proven) -> {
                if (!closed) {
                    who = proven;
                    client.request(2);
                }
            }
            case Verdict.Unproven() -> deny(Denial.UNAUTHENTICATED);
            case Verdict.Throttled() -> deny(Denial.MANY_ATTEMPTS);
            case Verdict.Unavailable() -> deny(Denial.CANNOT_CHECK);
        }
    }

    private void admit(Principal caller, byte[] whole) {
        if (closed) {
            return;
        }
        if (!parts.routes().isLoaded()) {
            deny(Denial.NO_ROUTES);
            return;
        }
        if (method.endsWith("/RepositoryModelLoad") || method.endsWith("/RepositoryModelUnload")) {
            deny(Denial.CONTROL);
            return;
        }
        String named = headers.get(ENDPOINT);
        Endpoint endpoint = parts.endpoints().find(named == null ? MessageFields.text(whole, 1) : named);
        if (endpoint == null) {
            deny(Denial.UNKNOWN);
            return;
        }
        switch (endpoint.admit(caller, hints(endpoint, whole), false)) {
            case Admission.Refused(Denial denial, int after) -> deny(denial, after);
            case Admission.Admitted(Call admitted) -> {
                call = admitted;
                if (whole.length > endpoint.maxBodyBytes()) {
                    deny(Denial.TOO_LARGE);
                } else {
                    go(admitted);
                }
            }
        }
    }

    private CallerHints hints(Endpoint endpoint, byte[] whole) {
        String sticky = endpoint.stickyHeader();
        String header = sticky == null ? null : headers.get(key(sticky.toLowerCase(Locale.ROOT)));
        boolean ofModel = method.contains("/Model");
        String version = ofModel ? MessageFields.text(whole, 2) : "";
        return new CallerHints(header, "", false, version.isEmpty() ? null : version);
    }

    // ---- to a model-server

    private void go(Call admitted) {
        switch (admitted.readiness()) {
            case READY -> pass(admitted);
            case WAITING -> await(admitted);
            case FAILED -> deny(Denial.FAILED);
            case EXHAUSTED -> deny(Denial.UNREACHABLE);
            case GONE -> deny(Denial.UNKNOWN);
        }
    }

    /** All waits of a call together are as long as one may be. */
    private void await(Call admitted) {
        long now = System.nanoTime();
        waitsUntil = waitsUntil == 0 ? now + WAIT_NANOS : waitsUntil;
        patience = parts.timer()
                .scheduleWithFixedDelay(
                        () -> look(admitted), Call.LOOK_MILLIS, Call.LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (!admitted.await(() -> parts.timer().execute(() -> look(admitted)))) {
            deny(Denial.QUEUE_FULL);
        }
    }

    private synchronized void look(Call admitted) {
        if (patience == null) {
            return;
        }
        if (admitted.readiness() != Call.Readiness.WAITING) {
            stopWaiting();
            admitted.stopWaiting();
            go(admitted);
        } else if (System.nanoTime() - waitsUntil >= 0) {
            deny(Denial.NOT_AWAKE);
        }
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private void pass(Call admitted) {
        ModelTarget target = admitted.next();
        ManagedChannel channel = target == null ? null : parts.channels().to(target);
        while (target != null && channel == null) {
            // This one speaks no gRPC, or has just gone.
            admitted.skip();
            target = admitted.next();
            channel = target == null ? null : parts.channels().to(target);
        }
        if (target == null || channel == null) {
            deny(Denial.UNREACHABLE);
        } else {
            send(target, channel);
        }
    }

    private void send(ModelTarget target, ManagedChannel channel) {
        CallOptions options = deadline == null ? CallOptions.DEFAULT : CallOptions.DEFAULT.withDeadline(deadline);
        ClientCall<byte[], byte[]> running = channel.newCall(Bytes.unary(method), options);
        Metadata own = new Metadata();
        own.put(SERVING_KEY, target.key());
        upstream = running;
        answeringVersion = null;
        running.start(new Answer(), own);
        running.request(2);
        running.sendMessage(message);
        running.halfClose();
    }

    /** What comes back. */
    private final class Answer extends ClientCall.Listener<byte[]> {

        @Override
        public void onHeaders(Metadata theirs) {
            answerBegins(theirs);
        }

        @Override
        public void onMessage(byte[] bytes) {
            answer(bytes);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            answerEnds(status);
        }
    }

    private synchronized void answerBegins(Metadata theirs) {
        answeringVersion = theirs.get(MODEL_VERSION);
    }

    private synchronized void answer(byte[] bytes) {
        if (!closed && !answered) {
            answered = true;
            Metadata lines = new Metadata();
            say(lines, answeringVersion);
            client.sendHeaders(lines);
            client.sendMessage(bytes);
        }
    }

    /** Nobody here cancels a call that is still wanted: a model-server that does is on its way out. */
    private static boolean isGone(Status status) {
        return status.getCode() == Status.Code.UNAVAILABLE || status.getCode() == Status.Code.CANCELLED;
    }

    private static boolean neverConnected(Status status) {
        Throwable cause = status.getCause();
        while (cause != null && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private synchronized void answerEnds(Status status) {
        Call admitted = call;
        if (closed || admitted == null) {
            return;
        }
        if (isGone(status) && !answered) {
            if (neverConnected(status)) {
                admitted.broke();
            } else {
                admitted.ended();
            }
            go(admitted);
            return;
        }
        Metadata lines = new Metadata();
        if (!answered) {
            say(lines, null);
        }
        boolean whole = status.isOk() || !answered;
        end(Statuses.http(status.getCode()), whole);
        client.close(Status.fromCode(status.getCode()).withDescription(status.getDescription()), lines);
    }

    // ---- the end

    private void deny(Denial denial) {
        deny(denial, denial.retryAfterSeconds());
    }

    private void deny(Denial denial, int retryAfterSeconds) {
        Metadata lines = new Metadata();
        if (retryAfterSeconds > 0) {
            lines.put(RETRY_AFTER, Integer.toString(retryAfterSeconds));
        }
        say(lines, null);
        Status status = Statuses.of(denial);
        if (!closed) {
            end(denial.status(), true);
            client.close(status, lines);
        }
    }

    private void close(Status status, Metadata lines) {
        if (!closed) {
            end(Statuses.http(status.getCode()), true);
            client.close(status, lines);
        }
    }

    private void say(Metadata lines, @Nullable String version) {
        Call admitted = call;
        if (admitted != null) {
            lines.put(MODEL_VERSION, version == null ? admitted.version() : version);
            lines.put(EXPERIMENT_ARM, admitted.version());
        }
    }

    private void end(int status, boolean whole) {
        closed = true;
        stopWaiting();
        byte[] kept = message;
        if (kept != null) {
            parts.memory().give(kept.length);
            message = null;
        }
        if (call != null) {
            call.end(status, whole);
        }
    }
}
