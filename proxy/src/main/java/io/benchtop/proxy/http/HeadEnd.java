package io.benchtop.proxy.http;

/** Finds the end of a head in bytes that may still be arriving. */
public final class HeadEnd {

    /** More bytes are needed. */
    public static final int INCOMPLETE = -1;

    private HeadEnd() {}

    /**
     * The index after the empty line that ends the head, or {@link #INCOMPLETE}.
     *
     * @throws BadMessageException at the first line feed without its carriage return
     */
    public static int find(byte[] bytes, int start, int end) throws BadMessageException {
        int lineStart = start;
        for (int i = start; i < end; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (i == start || bytes[i - 1] != '\r') {
                throw new BadMessageException("A line of the head ends with a bare line feed.");
            }
            if (i - lineStart == 1) {
                return i + 1;
            }
            lineStart = i + 1;
        }
        return INCOMPLETE;
    }
}
