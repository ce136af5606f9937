package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.http.FieldName;
import io.benchtop.proxy.http.RequestHead;
import io.benchtop.proxy.http.ResponseHead;
import io.benchtop.proxy.serving.Call;
import io.benchtop.proxy.serving.Denial;
import io.benchtop.proxy.serving.ModelTarget;
import io.benchtop.proxy.serving.ServingPath;
import io.benchtop.proxy.serving.Shadows;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * To a model-server of the arm that the call fell to. While the model starts, the call waits here. Inference has no effects,
 * so a call whose model-server gave not one byte of an answer goes to one more, as long as its body was kept; where there is
 * none, it waits a while for one to come (back). After the answer, a copy may go to the shadow.
 */
final class InferenceCourse implements Course {

    private static final long WAIT_NANOS = Duration.ofSeconds(60).toNanos();

    private final Call call;
    private final Upstreams upstreams;
    private final Shadows shadows;
    private final AtomicLong keptByAll;
    private final LoopContext loop;
    private final boolean repeatable;
    private final boolean copied;
    private final long maxBodyBytes;
    private final String requestHeaderLength;
    private final @Nullable KeptBytes body;
    private @Nullable KeptBytes answer;
    private String answerHeaderLength = "";
    private @Nullable ModelTarget target;
    private boolean triedFresh;
    private long bodyBytes;
    private Denial lastDenial = Denial.UNREACHABLE;
    private long waitsUntil;
    private @Nullable ScheduledFuture<?> patience;

    InferenceCourse(
            Call call,
            Upstreams upstreams,
            Shadows shadows,
            AtomicLong keptByAll,
            LoopContext loop,
            RequestHead head,
            ServingPath.Kind kind) {
        this.call = call;
        this.upstreams = upstreams;
        this.shadows = shadows;
        this.keptByAll = keptByAll;
        this.loop = loop;
        boolean infer = kind == ServingPath.Kind.INFER && head.isMethod("POST");
        this.repeatable = infer || head.isSafe();
        this.copied = infer && isPlain(head) && shadows.draws(call);
        this.maxBodyBytes = call.endpoint().maxBodyBytes();
        this.requestHeaderLength = copied ? head.fields().value(FieldName.INFERENCE_HEADER_CONTENT_LENGTH) : "";
        this.body = head.hasBody() && repeatable ? new KeptBytes(Shadows.MAX_COPY_BYTES, keptByAll) : null;
    }

    /** Whether the bytes of the body are the body itself: neither compressed nor in chunks. */
    private static boolean isPlain(RequestHead head) {
        return !head.isChunked() && !head.fields().has(FieldName.CONTENT_ENCODING);
    }

    boolean mayBeLong(long length) {
        return length <= maxBodyBytes;
    }

    /** Ends the call before there is an exchange. */
    Refusal refuseTooLong() {
        call.end(Denial.TOO_LARGE.status(), true);
        return refusal(Denial.TOO_LARGE);
    }

    @Override
    public Kind kind() {
        return Kind.MODEL;
    }

    // ---- to a model-server

    @Override
    public void begin(Exchange exchange) {
        switch (call.readiness()) {
            case READY -> go(exchange);
            case WAITING -> await(exchange);
            case FAILED -> exchange.fail(refusal(Denial.FAILED));
            case EXHAUSTED -> exchange.fail(refusal(lastDenial));
            case GONE -> exchange.fail(refusal(Denial.UNKNOWN));
        }
    }

    private void go(Exchange exchange) {
        UpstreamPool first = next();
        if (first == null) {
            exchange.fail(refusal(lastDenial));
        } else {
            exchange.lead(first);
            exchange.flush();
        }
    }

    /** All waits of a call together are as long as one may be. */
    private void await(Exchange exchange) {
        long now = System.nanoTime();
        waitsUntil = waitsUntil == 0 ? now + WAIT_NANOS : waitsUntil;
        patience = loop.eventLoop()
                .scheduleWithFixedDelay(
                        () -> look(exchange), Call.LOOK_MILLIS, Call.LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (!call.await(() -> loop.eventLoop().execute(() -> look(exchange)))) {
            patience.cancel(false);
            patience = null;
            exchange.fail(refusal(Denial.QUEUE_FULL));
        }
    }

    /** The table or the time changed; null patience says that there is nobody left who waits. */
    private void look(Exchange exchange) {
        if (patience == null) {
            return;
        }
        if (call.readiness() != Call.Readiness.WAITING) {
            stopWaiting();
            begin(exchange);
        } else if (System.nanoTime() - waitsUntil >= 0) {
            stopWaiting();
            exchange.fail(refusal(Denial.NOT_AWAKE));
        }
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
            call.stopWaiting();
        }
    }

    private @Nullable UpstreamPool next() {
        target = call.next();
        triedFresh = false;
        return target == null ? null : loop.model(target);
    }

    @Override
    public boolean isRepeatable() {
        return repeatable;
    }

    @Override
    public @Nullable KeptBytes body() {
        return body;
    }

    @Override
    public boolean takes(int bytes) {
        bodyBytes += bytes;
        return bodyBytes <= maxBodyBytes;
    }

    /** A kept connection may end by itself, which says nothing of its model-server. */
    @Override
    public @Nullable UpstreamPool another(Failure failure) {
        ModelTarget same = target;
        if (failure == Failure.STALE && same != null && !triedFresh && !same.isRetired()) {
            triedFresh = true;
            return loop.model(same);
        }
        if (failure == Failure.UNREACHABLE && !triedFresh) {
            call.broke();
        } else {
            call.ended();
        }
        return next();
    }

    /** All model-servers of the version have had it; in a moment there may be another. */
    @Override
    public void giveUp(Exchange exchange, Failure failure) {
        lastDenial = denial(failure);
        begin(exchange);
    }

    // ---- to the caller

    @Override
    public Refusal refusal(Failure failure) {
        return refusal(denial(failure));
    }

    private static Denial denial(Failure failure) {
        return switch (failure) {
            case UNREACHABLE, STALE -> Denial.UNREACHABLE;
            case BROKE_OFF -> Denial.BROKE_OFF;
            case BAD_ANSWER -> Denial.BAD_ANSWER;
            case TOO_LONG -> Denial.TOO_LARGE;
        };
    }

    private Refusal refusal(Denial denial) {
        StringBuilder lines = new StringBuilder(128);
        lines.append("X-Model-Version: ").append(call.version()).append("\r\n");
        lines.append("X-Experiment-Arm: ").append(call.version()).append("\r\n");
        String cookie = call.newCookie();
        if (cookie != null) {
            lines.append("Set-Cookie: ").append(cookie).append("\r\n");
        }
        return Refusal.inference(denial, denial.retryAfterSeconds(), lines.toString());
    }

    @Override
    public ResponseRewriter.Replacement answer(ResponseHead head) {
        boolean plain = head.length() >= 0 && !head.fields().has(FieldName.CONTENT_ENCODING);
        if (copied && head.status() == 200 && plain) {
            answer = new KeptBytes(Shadows.MAX_COPY_BYTES, keptByAll);
            answerHeaderLength = head.fields().value(FieldName.INFERENCE_HEADER_CONTENT_LENGTH);
        } else {
            release(body);
        }
        return new OwnLines(call, !head.fields().has(FieldName.X_MODEL_VERSION));
    }

    /** Which version answered and why this one; model-servers set no cookies here. */
    private record OwnLines(Call call, boolean addsVersion) implements ResponseRewriter.Replacement {

        @Override
        public boolean drops(FieldName name) {
            return name == FieldName.X_EXPERIMENT_ARM || name == FieldName.SET_COOKIE;
        }

        @Override
        public void write(ByteBuf out) {
            if (addsVersion) {
                line("X-Model-Version: ", call.version(), out);
            }
            line("X-Experiment-Arm: ", call.version(), out);
            String cookie = call.newCookie();
            if (cookie != null) {
                line("Set-Cookie: ", cookie, out);
            }
        }

        private static void line(String name, String value, ByteBuf out) {
            out.writeCharSequence(name, ISO_8859_1);
            out.writeCharSequence(value, ISO_8859_1);
            out.writeCharSequence("\r\n", ISO_8859_1);
        }
    }

    @Override
    public void answerBody(ByteBuf piece) {
        KeptBytes kept = answer;
        if (kept != null && kept.isWhole()) {
            kept.add(piece);
            if (kept.isOverLimit()) {
                kept.giveUp();
            }
        }
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        stopWaiting();
        call.end(outcome.status(), outcome.whole());
        upstreams.record(exchange, outcome);
        KeptBytes asked = body;
        KeptBytes answered = answer;
        if (outcome.whole() && asked != null && answered != null && asked.isWhole() && answered.isWhole()) {
            // The answer is on its way; what follows must not hold up its last bytes.
            loop.eventLoop().execute(() -> {
                shadows.send(
                        call.endpoint(),
                        new Shadows.Half(asked.pieces(), requestHeaderLength),
                        new Shadows.Half(answered.pieces(), answerHeaderLength));
                release(asked);
                release(answered);
            });
        } else {
            release(asked);
            release(answered);
        }
    }

    private static void release(@Nullable KeptBytes kept) {
        if (kept != null) {
            kept.giveUp();
        }
    }
}
