package io.benchtop.proxy.relay;

import static io.benchtop.proxy.http.FieldName.CACHE_CONTROL;

import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer between a client and an upstream.
 *
 * <p>Who owns what: the exchange owns the upstream connection from {@link #connected} (or taking it from the pool) until
 * {@link #finish}, {@link #abandon} or the switch to a tunnel, and exactly one of these happens. A connection goes back to the
 * pool only when both bodies ended where their framing said; in every other case it is closed, so that no byte of this
 * exchange can be read as part of the next. Where it leads, and whether it may try elsewhere, is its {@link Course}'s to say.
 */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange {

    private static final int MAX_WAITING = 64 * 1024;
    private static final int MAX_INTERIM = 16;

    private final ClientConnection client;
    private final RequestFacts facts;
    private final Upstreams upstreams;
    private final Course course;
    private final long startedAt = System.nanoTime();
    private @Nullable ArrayDeque<ByteBuf> waiting;
    private int waitingBytes;
    private @Nullable ByteBuf head;
    private @Nullable UpstreamPool pool;
    private @Nullable UpstreamConnection upstream;
    private boolean byKept;
    private boolean unflushed;
    private boolean ended;
    private boolean closesClient;
    private boolean answered;
    private int interim;
    private @Nullable GzipEncoder gzip;
    private byte @Nullable [] keptHead;
    private int status;
    private long bytesToClient;
    private long bytesToUpstream;

    Exchange(ClientConnection client, RequestFacts facts, Upstreams upstreams, Course course, ByteBuf head) {
        this.client = client;
        this.facts = facts;
        this.upstreams = upstreams;
        this.course = course;
        this.head = head;
    }

    RequestFacts facts() {
        return facts;
    }

    Course.Kind kind() {
        return course.kind();
    }

    boolean isAnswered() {
        return answered;
    }

    /** Whether a session or token that ended was the credential of this exchange. */
    boolean isBy(String credential) {
        Principal who = facts.principal();
        return who != null && who.credential().equals(credential);
    }

    // ---- to the upstream

    void start() {
        course.begin(this);
    }

    /** Sends the request to this upstream, by a kept connection if there is one. */
    void lead(UpstreamPool to) {
        pool = to;
        UpstreamConnection kept = facts.webSocket() ? null : to.take();
        if (kept == null) {
            upstreams.connect(client.loop(), to, this);
        } else {
            byKept = true;
            send(kept);
            client.gate().hold(ReadGate.PEER_FULL, !kept.channel().isWritable());
        }
    }

    void connected(UpstreamConnection fresh) {
        if (ended) {
            fresh.close();
            return;
        }
        byKept = false;
        send(fresh);
        client.gate().hold(ReadGate.PEER_FULL, !fresh.channel().isWritable());
        flush();
    }

    void connectFailed() {
        if (ended) {
            return;
        }
        upstreams.metrics().upstreamConnectFailures.inc();
        tryAnother(Course.Failure.UNREACHABLE);
    }

    private void tryAnother(Course.Failure failure) {
        UpstreamPool next = course.another(failure);
        if (next == null) {
            course.giveUp(this, failure);
        } else {
            pool = next;
            upstreams.connect(client.loop(), next, this);
        }
    }

    /** The head, what of the body had been sent before, and what has come meanwhile. */
    private void send(UpstreamConnection connection) {
        attach(connection);
        write(connection, firstOrAgain());
        byte[] headEnd = pool().headEnd();
        if (headEnd.length > 0) {
            write(connection, Unpooled.wrappedBuffer(headEnd));
        }
        KeptBytes kept = kept();
        if (kept != null) {
            kept.pieces().forEach(bytes -> write(connection, bytes.retainedDuplicate()));
        }
        if (waiting != null) {
            waiting.forEach(bytes -> write(connection, bytes));
            waiting = null;
        }
        waitingBytes = 0;
    }

    private UpstreamPool pool() {
        if (pool == null) {
            throw new IllegalStateException("the exchange leads nowhere yet");
        }
        return pool;
    }

    private void attach(UpstreamConnection connection) {
        upstream = connection;
        connection.attach(this);
        connection.gate().hold(ReadGate.PEER_FULL, !client.channel().isWritable());
    }

    private ByteBuf firstOrAgain() {
        ByteBuf first = head;
        if (first == null) {
            throw new IllegalStateException("the head was sent already");
        }
        if (course.isRepeatable()) {
            return first.retainedDuplicate();
        }
        head = null;
        return first;
    }

    /** Sends or keeps one piece of the request body, in whatever framing it has. */
    void sendBody(ByteBuf bytes) {
        if (!course.takes(bytes.readableBytes())) {
            bytes.release();
            tooLong();
            return;
        }
        KeptBytes kept = kept();
        if (kept != null) {
            kept.add(bytes);
        }
        UpstreamConnection connection = upstream;
        if (connection != null) {
            if (kept != null && kept.isOverLimit()) {
                kept.giveUp();
            }
            write(connection, bytes);
            if (!connection.channel().isWritable()) {
                connection.channel().flush();
                client.gate().hold(ReadGate.PEER_FULL, !connection.channel().isWritable());
            }
            return;
        }
        waitingBytes += bytes.readableBytes();
        client.gate().hold(ReadGate.PEER_FULL, waitingBytes > MAX_WAITING);
        if (kept != null) {
            bytes.release();
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(bytes);
    }

    /** The body so far, unless it is not kept (any more). */
    private @Nullable KeptBytes kept() {
        KeptBytes body = course.body();
        return body != null && body.isWhole() ? body : null;
    }

    private void tooLong() {
        UpstreamConnection connection = upstream;
        upstream = null;
        if (connection != null) {
            connection.detach();
            connection.close();
        }
        if (answered) {
            end(false);
            client.breakOff();
        } else {
            fail(course.refusal(Course.Failure.TOO_LONG));
        }
    }

    private void write(UpstreamConnection connection, ByteBuf bytes) {
        bytesToUpstream += bytes.readableBytes();
        connection.channel().write(bytes, connection.channel().voidPromise());
        unflushed = true;
    }

    void flush() {
        if (unflushed && upstream != null) {
            unflushed = false;
            upstream.channel().flush();
        }
    }

    void upstreamFull(boolean full) {
        client.gate().hold(ReadGate.PEER_FULL, full);
    }

    void clientFull(boolean full) {
        if (upstream != null) {
            upstream.gate().hold(ReadGate.PEER_FULL, full);
        }
    }

    // ---- from the upstream

    /** A 1xx other than 101: passed on, another head follows. */
    void interim(ResponseHead answer) throws BadMessageException {
        if (++interim > MAX_INTERIM) {
            throw new BadMessageException("The upstream sends interim answers without end.");
        }
        if (!facts.versionOneZero()) {
            writeHead(answer, false);
        }
    }

    /** The final head. */
    void answer(ResponseHead answer, boolean endsByClose) throws BadMessageException {
        status = answer.status();
        if (answer.isChunked() && facts.versionOneZero()) {
            throw new BadMessageException("The upstream answers an HTTP/1.0 request in chunks.");
        }
        answered = true;
        head = release(head);
        closesClient = !facts.keepAlive()
                || endsByClose
                || !client.body().isDone()
                || client.loop().isDraining();
        writeHead(answer, closesClient);
    }

    private void writeHead(ResponseHead answer, boolean close) {
        int size =
                answer.reasonEnd() + answer.fields().lineStart(answer.fields().count()) + 256;
        ByteBuf out = client.channel().alloc().directBuffer(size);
        boolean interimOnly = answer.isInterim();
        String cookie = interimOnly ? null : upstreams.renewedCookie(facts, answer);
        ResponseRewriter.Replacement lines = interimOnly ? null : course.answer(answer);
        upstreams
                .responses()
                .write(answer, !pool().isService(), close, cookie, lines == null ? compression(answer) : lines, out);
        sendToClient(out);
    }

    /** Decides about compression once, when the final head is known. */
    private ResponseRewriter.@Nullable Replacement compression(ResponseHead answer) {
        StaticFiles.Wish wish = facts.wish();
        if (wish == null || !StaticFiles.isCompressible(answer)) {
            return null;
        }
        if (!wish.gzip()) {
            return StaticFiles.uncompressed();
        }
        boolean keep =
                wish.key() != null && !answer.fields().value(CACHE_CONTROL).contains("no-store");
        gzip = new GzipEncoder(client.channel().alloc(), keep);
        keptHead = keep ? StaticFiles.keptHead(answer) : null;
        return StaticFiles.compressed(answer);
    }

    /** One piece of the answer's body, in the upstream's framing. */
    void body(ByteBuf bytes) {
        course.answerBody(bytes);
        sendToClient(gzip == null ? bytes : gzip.encode(bytes));
    }

    private void finishCompression() {
        GzipEncoder encoder = gzip;
        StaticFiles.Wish wish = facts.wish();
        if (encoder == null) {
            return;
        }
        sendToClient(encoder.finish());
        byte[] file = encoder.file();
        if (file != null && keptHead != null && wish != null && wish.key() != null) {
            upstreams.files().keep(wish.key(), new StaticFiles.Kept(keptHead, file));
        }
    }

    private void sendToClient(ByteBuf bytes) {
        bytesToClient += bytes.readableBytes();
        client.channel().write(bytes, client.channel().voidPromise());
        if (!client.channel().isWritable()) {
            client.channel().flush();
            clientFull(!client.channel().isWritable());
        }
    }

    void flushClient() {
        client.channel().flush();
    }

    /** 101: HTTP is over on both connections. */
    void switchProtocols(ResponseHead answer) throws BadMessageException {
        if (!facts.webSocket()) {
            throw new BadMessageException("The upstream switches protocols although nobody asked it to.");
        }
        UpstreamConnection connection = upstream;
        if (connection == null) {
            throw new IllegalStateException("an answer came without a connection");
        }
        status = answer.status();
        writeHead(answer, false);
        ended = true;
        upstream = null;
        head = release(head);
        record(true);
        Tunnel tunnel = new Tunnel(client, connection, facts.principal(), pool().entry(), upstreams);
        connection.becomeTunnel(tunnel);
        client.becomeTunnel(tunnel);
    }

    /** The answer ended where its framing said. */
    void finish(boolean upstreamReusable) {
        finishCompression();
        UpstreamConnection connection = upstream;
        UpstreamPool from = pool();
        boolean bodyDone = client.body().isDone();
        end(true);
        if (connection != null) {
            connection.detach();
            if (upstreamReusable && bodyDone && !facts.versionOneZero() && !facts.webSocket()) {
                from.giveBack(connection);
            } else {
                connection.close();
            }
        }
        client.exchangeDone(closesClient || !bodyDone);
    }

    /**
     * The upstream ended before its answer did.
     *
     * @param silent whether not one byte of an answer was seen
     */
    void cutOff(boolean silent) {
        UpstreamConnection dead = upstream;
        upstream = null;
        boolean repeats = silent && interim == 0 && isRepeatable();
        if (dead != null) {
            dead.detach();
            dead.close();
        }
        if (answered) {
            upstreams.metrics().brokenAnswers.inc();
            end(false);
            client.breakOff();
        } else if (repeats) {
            repeat(byKept ? Course.Failure.STALE : Course.Failure.BROKE_OFF);
        } else {
            fail(course.refusal(Course.Failure.BROKE_OFF));
        }
    }

    private boolean isRepeatable() {
        boolean bodyIsLost = course.body() != null && kept() == null;
        return head != null && course.isRepeatable() && !bodyIsLost;
    }

    private void repeat(Course.Failure failure) {
        UpstreamPool next = course.another(failure);
        if (next == null) {
            course.giveUp(this, failure);
            return;
        }
        upstreams.metrics().retries.inc();
        pool = next;
        upstreams.connect(client.loop(), next, this);
    }

    /** The upstream's bytes are not HTTP. */
    void malformed() {
        UpstreamConnection dead = upstream;
        upstream = null;
        if (dead != null) {
            dead.detach();
            dead.close();
        }
        if (answered) {
            upstreams.metrics().brokenAnswers.inc();
            end(false);
            client.breakOff();
        } else {
            fail(course.refusal(Course.Failure.BAD_ANSWER));
        }
    }

    /** Nothing (more) is tried; the client gets this instead of an answer. */
    void fail(Refusal refusal) {
        status = refusal.status();
        end(true);
        client.exchangeFailed(refusal, facts.navigation(), facts.answersHead(), facts.keepAlive());
    }

    /** The client is gone, or may not have an answer any more. */
    void abandon() {
        if (ended) {
            return;
        }
        UpstreamConnection connection = upstream;
        boolean whole = status == 0;
        status = whole ? 499 : status;
        end(whole);
        if (connection != null) {
            connection.detach();
            connection.close();
        }
    }

    private void end(boolean whole) {
        ended = true;
        upstream = null;
        if (gzip != null) {
            gzip.close();
            gzip = null;
        }
        head = release(head);
        if (waiting != null) {
            waiting.forEach(ByteBuf::release);
            waiting = null;
        }
        client.gate().hold(ReadGate.PEER_FULL, false);
        record(whole);
    }

    private void record(boolean whole) {
        long nanos = System.nanoTime() - startedAt;
        course.ended(this, new Course.Outcome(status, whole, nanos, bytesToClient, bytesToUpstream));
    }

    private static @Nullable ByteBuf release(@Nullable ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
        return null;
    }
}
