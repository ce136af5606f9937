package io.benchtop.modelserver.engine;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Durations in buckets of which each power of two has eight, so a quantile is within an eighth of the truth. */
public final class LatencyHistogram {

    private static final int PARTS = 8;
    private static final int BUCKETS = 64 * PARTS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder sum = new LongAdder();

    void record(long nanos) {
        long micros = Math.max(0, nanos / 1000);
        counts.incrementAndGet(bucket(micros));
        sum.add(micros);
    }

    static int bucket(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >>> (power - 3)) & (PARTS - 1);
        return (power - 2) * PARTS + part;
    }

    /** The largest duration that the bucket holds. */
    static long upper(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int power = bucket / PARTS + 2;
        long part = bucket % PARTS;
        return (1L << power) + ((part + 1) << (power - 3)) - 1;
    }

    public long count() {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            count += counts.get(i);
        }
        return count;
    }

    public long sumMicros() {
        return sum.sum();
    }

    /** How many took at most so long, to the width of a bucket. */
    public long countUpTo(long micros) {
        long count = 0;
        for (int i = 0; i < BUCKETS && upper(i) <= micros; i++) {
            count += counts.get(i);
        }
        return count;
    }

    /** The duration that the share of all stayed below, in microseconds; 0 without any. */
    public long quantile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return upper(i);
            }
        }
        return 0;
    }
}
