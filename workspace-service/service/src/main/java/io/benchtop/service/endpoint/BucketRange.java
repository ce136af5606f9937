package io.benchtop.service.endpoint;

/**
 * Some of the {@value #ALL} buckets into which clients fall.
 *
 * @param from the first
 * @param to the one after the last
 */
public record BucketRange(int from, int to) {

    /** So many buckets there are: one is a hundredth of a percent. */
    public static final int ALL = 10_000;

    public BucketRange {
        if (from < 0 || from >= to || to > ALL) {
            throw new IllegalArgumentException("not a range of buckets: " + from + " to " + to);
        }
    }

    int size() {
        return to - from;
    }
}
