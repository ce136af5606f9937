package io.benchtop.modelserver.protocol;

/** A request that gets no inference, with the sentence for its sender. It is an answer, so it has no stack trace. */
public final class InferenceException extends RuntimeException {

    /** Why, with the status that says so in HTTP. */
    public enum Reason {
        INVALID(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        UNKNOWN(404),
        WRONG_METHOD(405),
        TOO_LARGE(413),
        OVERLOADED(429),
        FAILED(500),
        UNAVAILABLE(503),
        EXPIRED(504);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Reason reason;

    public InferenceException(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    public static InferenceException invalid(String sentence) {
        return new InferenceException(Reason.INVALID, sentence);
    }

    public static InferenceException failed(String sentence) {
        return new InferenceException(Reason.FAILED, sentence);
    }

    public Reason reason() {
        return reason;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
