package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends copies of calls and their answers to the shadow arm, on threads of its own and only after the caller has its answer.
 * A budget of calls and bytes bounds it; what is over the budget is dropped and counted, never waited for.
 */
public final class Shadows implements AutoCloseable {

    /** How much of a request, and as much again of its answer, is copied; a call with more has no copy. */
    public static final int MAX_COPY_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 256;
    private static final long MAX_BYTES = 8L << 20;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    private final AtomicLong bytes = new AtomicLong();
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("shadow-", 0).factory());

    public Shadows() {
        senders.allowCoreThreadTimeOut(true);
    }

    /**
     * One half of a copy.
     *
     * @param pieces the bytes of the body; still the caller's
     * @param headerLength the value of {@code Inference-Header-Content-Length}; empty if there was none
     */
    public record Half(List<ByteBuf> pieces, String headerLength) {

        int length() {
            return pieces.stream().mapToInt(ByteBuf::readableBytes).sum();
        }
    }

    /** Draws whether this call is to be copied. */
    public boolean draws(Call call) {
        Plan plan = call.endpoint().plan();
        EndpointRoute.Shadow shadow = plan == null ? null : plan.route().shadow();
        return shadow != null
                && shadow.share() > 0
                && !shadow.version().equals(call.version())
                && ThreadLocalRandom.current().nextDouble() < shadow.share();
    }

    /** Copies the bytes and sends them later, or drops them. */
    public void send(Endpoint endpoint, Half request, Half answer) {
        Plan plan = endpoint.plan();
        ServedArm arm = plan == null ? null : plan.shadow();
        ModelTarget target = arm == null || !arm.isReady() ? null : arm.choose(_ -> false, System.nanoTime());
        int length = 2 * Long.BYTES + request.length() + answer.length();
        if (target == null || bytes.addAndGet(length) > MAX_BYTES) {
            bytes.addAndGet(target == null ? 0 : -length);
            endpoint.metrics().shadow("dropped");
            return;
        }
        byte[] body = body(request, answer, length);
        try {
            senders.execute(() -> post(endpoint, target, body, request.headerLength(), answer.headerLength()));
        } catch (RejectedExecutionException e) {
            bytes.addAndGet(-length);
            endpoint.metrics().shadow("dropped");
        }
    }

    private static byte[] body(Half request, Half answer, int length) {
        ByteBuffer body = ByteBuffer.allocate(length);
        body.putLong(request.length()).putLong(answer.length());
        copy(request, body);
        copy(answer, body);
        return body.array();
    }

    private static void copy(Half half, ByteBuffer to) {
        for (ByteBuf piece : half.pieces()) {
            ByteBuffer part = to.slice(to.position(), piece.readableBytes());
            piece.getBytes(piece.readerIndex(), part);
            to.position(to.position() + part.capacity());
        }
    }

    private void post(Endpoint endpoint, ModelTarget target, byte[] body, String requestHeader, String answerHeader) {
        target.inFlight().incrementAndGet();
        try {
            int status = post(endpoint.name(), target, body, requestHeader, answerHeader);
            endpoint.metrics().shadow(status < 300 ? "sent" : "failed");
        } catch (IOException e) {
            LOG.debug("a shadow copy was not taken endpoint={} reason={}", endpoint.name(), e.toString());
            endpoint.metrics().shadow("failed");
        } finally {
            target.inFlight().decrementAndGet();
            bytes.addAndGet(-body.length);
        }
    }

    private static int post(String endpoint, ModelTarget target, byte[] body, String requestHeader, String answerHeader)
            throws IOException {
        URI url = URI.create(target.url() + "/shadow/models/" + endpoint);
        var connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        connection.setRequestProperty("X-Benchtop-Serving-Key", target.key());
        set(connection, "X-Shadow-Request-Header-Length", requestHeader);
        set(connection, "X-Shadow-Response-Header-Length", answerHeader);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        drain(connection, status);
        return status;
    }

    private static void set(HttpURLConnection connection, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            connection.setRequestProperty(name, value);
        }
    }

    /** A body that is read to its end lets the connection be used again. */
    private static void drain(HttpURLConnection connection, int status) throws IOException {
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (in != null) {
                in.readNBytes(64 * 1024);
            }
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
