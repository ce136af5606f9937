package io.benchtop.proxy.relay;

import io.benchtop.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Where an exchange leads. The exchange moves the bytes; its course says where to, whether elsewhere after a failure, and
 * counts what became of it. One for each exchange; called on the client's event loop only.
 */
interface Course {

    /** What kind of upstream answers, for the metrics. */
    enum Kind {
        SERVICE,
        SERVER,
        MODEL
    }

    /** How an attempt ended before the head of an answer was seen. */
    enum Failure {
        /** No connection came about. */
        UNREACHABLE,
        /** A kept connection had ended by itself. */
        STALE,
        /** A fresh connection ended without a whole head. */
        BROKE_OFF,
        /** What came is not HTTP. */
        BAD_ANSWER,
        /** The body is longer than {@link #takes} allows. */
        TOO_LONG
    }

    /** How an exchange ended. */
    record Outcome(int status, boolean whole, long nanos, long bytesToClient, long bytesToUpstream) {}

    Kind kind();

    /** Calls {@link Exchange#lead} or {@link Exchange#fail}, now or later. */
    void begin(Exchange exchange);

    /** Whether a request that was sent may be sent again. */
    boolean isRepeatable();

    /** Where the body is kept as long as the request is repeatable; null when there is none to keep. */
    default @Nullable KeptBytes body() {
        return null;
    }

    /** Counts a piece of the body; false when it is one too many. */
    default boolean takes(int bodyBytes) {
        return true;
    }

    /** Where to try next, by a new connection; null when there is nowhere (now). */
    @Nullable
    UpstreamPool another(Failure failure);

    /** There is nowhere else. Fails the exchange, now or, where somewhere may come to be, after a while. */
    default void giveUp(Exchange exchange, Failure failure) {
        exchange.fail(refusal(failure));
    }

    Refusal refusal(Failure failure);

    /** The final head came; what it is to say beside or instead of what it says. */
    default ResponseRewriter.@Nullable Replacement answer(ResponseHead head) {
        return null;
    }

    /** A piece of the answer's body came; it is still the exchange's. */
    default void answerBody(ByteBuf piece) {}

    /** Called exactly once, whatever happened. */
    void ended(Exchange exchange, Outcome outcome);
}
