package io.benchtop.proxy.http;

/**
 * Bytes that are not an acceptable HTTP/1.1 message. Thrown on the hot path by hostile input, so it carries no stack
 * trace; its message is a sentence that may be shown to the sender and never repeats what was sent.
 */
public final class BadMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadMessageException(String sentence) {
        super(sentence, null, false, false);
    }

    /** The sentence, never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
