package io.benchtop.proxy.serving;

/** Why a call is answered by the proxy itself. The sentences are constants: nothing that was sent is repeated in them. */
public enum Denial {
    UNAUTHENTICATED(
            401, "Send a token that may call this endpoint as \"Authorization: Bearer ...\", or sign in at /login."),
    MANY_ATTEMPTS(429, 5, "Too many invalid sessions came from this address; wait a few seconds."),
    CANNOT_CHECK(503, 1, "The credential could not be checked just now; try again in a moment."),
    NO_ROUTES(503, 1, "The proxy does not know the endpoints yet; try again in a moment."),
    UNKNOWN(404, "There is no such endpoint or version, or you may not call it; its owner can add you to its callers."),
    NO_SUCH_PATH(
            404,
            "Nothing is served at this path; endpoints answer the Open Inference Protocol below"
                    + " /serve/<endpoint>/v2, in plain letters."),
    CONTROL(403, "Models are not loaded or unloaded through an endpoint; promote a version instead."),
    METHOD(405, "Endpoints answer GET, HEAD and POST only."),
    NO_WEB_SOCKET(400, "Endpoints have no WebSockets; send plain requests."),
    TOO_LARGE(413, "The request body is longer than this endpoint takes; send fewer rows at a time."),
    TOO_FAST(429, 1, "This client calls the endpoint more often than it may; slow down."),
    QUOTA_SPENT(
            429,
            60,
            "This client has asked for all that one day (in UTC) lets in; go on tomorrow, or ask the endpoint's owner"
                    + " for more."),
    CLIENT_BUSY(429, 1, "Too many requests of this client are in progress; wait for some of them."),
    ENDPOINT_BUSY(429, 1, "Too many requests to this endpoint are in progress; try again in a moment."),
    MEMORY_FULL(
            429, 1, "Too many large messages are in progress; wait for some of them, or send fewer rows at a time."),
    QUEUE_FULL(503, 5, "The model is starting and too many requests wait for it already; try again in a moment."),
    NOT_AWAKE(
            503,
            10,
            "The model did not start in time; try again, and if that does not help, ask the endpoint's owner."),
    FAILED(503, 30, "The model-servers of this version failed; the endpoint's page says why."),
    UNREACHABLE(503, 2, "No model-server of this version can be reached; try again in a moment."),
    BROKE_OFF(502, "The model-server ended the connection without an answer; try again."),
    BAD_ANSWER(502, "What came back from the model-server is not a valid answer; see its log.");

    private final int status;
    private final int retryAfterSeconds;
    private final String sentence;

    Denial(int status, String sentence) {
        this(status, 0, sentence);
    }

    Denial(int status, int retryAfterSeconds, String sentence) {
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
        this.sentence = sentence;
    }

    public int status() {
        return status;
    }

    /** When to try again; 0 if that makes no sense. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    public String sentence() {
        return sentence;
    }
}
