package io.benchtop.service.endpoint;

import io.benchtop.api.routing.EndpointUsage;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What one version did in some time. Measures add up; times are counted in buckets, so a quantile is exact to its bucket and told as
 * the bucket's upper bound.
 *
 * @param failures answers that are errors of the server (5xx) or none at all
 * @param latencyCounts per bound of {@link #BOUNDS_MILLIS}, and one more beyond the last
 * @param values output values; {@code nans} of them are not a number
 * @param sum of the first output's finite values, {@code squares} of their squares, {@code finite} how many
 */
public record Measure(
        long requests,
        long failures,
        List<Long> latencyCounts,
        long values,
        long nans,
        long finite,
        double sum,
        double squares) {

    /** Upper bounds; the proxy counts by the same. */
    public static final List<Double> BOUNDS_MILLIS = EndpointUsage.Latency.BOUNDS_MILLIS;

    public static final Measure NOTHING = new Measure(0, 0, List.of(), 0, 0, 0, 0, 0);

    public Measure {
        List<Long> given = latencyCounts;
        if (given.size() > BOUNDS_MILLIS.size() + 1) {
            throw new IllegalArgumentException("too many counts of times: " + given.size());
        }
        latencyCounts = IntStream.rangeClosed(0, BOUNDS_MILLIS.size())
                .mapToObj(i -> i < given.size() ? given.get(i) : Long.valueOf(0))
                .toList();
        if (requests < 0 || failures < 0 || values < 0 || nans < 0 || finite < 0) {
            throw new IllegalArgumentException("counts are not negative");
        }
    }

    public Measure plus(Measure other) {
        return new Measure(
                requests + other.requests,
                failures + other.failures,
                IntStream.rangeClosed(0, BOUNDS_MILLIS.size())
                        .mapToObj(i -> latencyCounts.get(i) + other.latencyCounts.get(i))
                        .toList(),
                values + other.values,
                nans + other.nans,
                finite + other.finite,
                sum + other.sum,
                squares + other.squares);
    }

    /** 0 without requests. */
    public double failureRate() {
        return requests == 0 ? 0 : (double) failures / requests;
    }

    /** 0 without values. */
    public double nanRate() {
        return values == 0 ? 0 : (double) nans / values;
    }

    /** Empty without values. */
    public OptionalDouble mean() {
        return finite == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / finite);
    }

    /** Empty with fewer than two values. */
    public OptionalDouble deviation() {
        if (finite < 2) {
            return OptionalDouble.empty();
        }
        double variance = (squares - sum * sum / finite) / (finite - 1);
        return OptionalDouble.of(Math.sqrt(Math.max(0, variance)));
    }

    /** The bound under which this share of the answers were there; empty without any, infinite beyond the last bound. */
    public OptionalDouble quantileMillis(double share) {
        OptionalInt bucket = bucket(share);
        return bucket.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        bucket.getAsInt() < BOUNDS_MILLIS.size()
                                ? BOUNDS_MILLIS.get(bucket.getAsInt())
                                : Double.POSITIVE_INFINITY);
    }

    /**
     * Whether this quantile is above a time for certain, as no answer of its bucket can have been there by then. What is beyond the last
     * bound is above any time, else none after it would ever be passed.
     */
    boolean isAbove(double millis, double share) {
        int bucket = bucket(share).orElse(0);
        return bucket > 0 && (bucket == BOUNDS_MILLIS.size() || BOUNDS_MILLIS.get(bucket - 1) >= millis);
    }

    /** Where this quantile is; empty without any answers. */
    private OptionalInt bucket(double share) {
        long all = latencyCounts.stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return OptionalInt.empty();
        }
        long wanted = (long) Math.ceil(share * all);
        long[] counts = latencyCounts.stream().mapToLong(Long::longValue).toArray();
        Arrays.parallelPrefix(counts, Long::sum);
        int bucket = 0;
        while (counts[bucket] < wanted) {
            bucket++;
        }
        return OptionalInt.of(bucket);
    }
}
