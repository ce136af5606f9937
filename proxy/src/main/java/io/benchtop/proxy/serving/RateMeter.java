package io.benchtop.proxy.serving;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket as one number, the time at which the bucket would be full again (the generic cell rate algorithm): nothing
 * refills it, nothing is locked, and rate and burst may change between two requests.
 */
final class RateMeter {

    private static final double SECOND = 1e9;

    private final AtomicLong fullAt;

    RateMeter(long nowNanos) {
        fullAt = new AtomicLong(nowNanos);
    }

    /**
     * Takes one token: 0, or for how many nanoseconds there will be none. A burst below 1 counts as 1, else nobody would
     * ever be let in.
     */
    long take(double perSecond, int burst, long nowNanos) {
        long interval = (long) (SECOND / perSecond);
        long slack = (long) (SECOND / perSecond * (Math.max(burst, 1) - 1));
        while (true) {
            long full = fullAt.get();
            long from = full - nowNanos > 0 ? full : nowNanos;
            long early = from - nowNanos - slack;
            if (early > 0) {
                return early;
            }
            if (fullAt.compareAndSet(full, from + interval)) {
                return 0;
            }
        }
    }
}
