package io.benchtop.service.endpoint;

import io.benchtop.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who gets which share of an endpoint's requests: every bucket belongs to exactly one version. A client falls into the same bucket
 * each time, so what a client meets changes only where a bucket changes hands.
 *
 * <p>{@link #shifted} moves as few buckets as the new weights ask for: versions that lose give away their highest buckets, and
 * nobody else's change. A version whose weight only grows therefore keeps every client that it has ever had.
 *
 * @param shares by version, in the order in which they came; ranges ascending, joined where they meet
 */
public record Traffic(Map<ServedVersion, List<BucketRange>> shares) {

    public Traffic {
        Map<ServedVersion, List<BucketRange>> copy = new LinkedHashMap<>();
        shares.forEach((version, ranges) -> copy.put(version, List.copyOf(ranges)));
        shares = Collections.unmodifiableMap(copy);
        List<BucketRange> all = shares.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(BucketRange::from))
                .toList();
        int next = 0;
        for (BucketRange range : all) {
            if (range.from() != next) {
                throw new IllegalArgumentException("bucket " + next + " does not belong to exactly one version");
            }
            next = range.to();
        }
        if (next != BucketRange.ALL) {
            throw new IllegalArgumentException("bucket " + next + " belongs to no version");
        }
    }

    /** All of it to one version. */
    public static Traffic all(ServedVersion version) {
        return new Traffic(Map.of(version, List.of(new BucketRange(0, BucketRange.ALL))));
    }

    /** The weight of a version in buckets; 0 if it has none. */
    public int weight(ServedVersion version) {
        return shares.getOrDefault(version, List.of()).stream()
                .mapToInt(BucketRange::size)
                .sum();
    }

    /** Whether one version has all of it. */
    public boolean isAll(ServedVersion version) {
        return weight(version) == BucketRange.ALL;
    }

    /**
     * With these weights instead.
     *
     * @param weights in buckets, together {@value BucketRange#ALL}; a version that is not there gets nothing
     * @throws ProblemException {@code INVALID_FIELD} for weights that are negative or do not add up
     */
    public Traffic shifted(Map<ServedVersion, Integer> weights) {
        requireWeights(weights);
        Map<ServedVersion, List<BucketRange>> kept = new LinkedHashMap<>();
        List<BucketRange> free = new ArrayList<>();
        shares.forEach((version, ranges) -> {
            List<BucketRange> stays = new ArrayList<>();
            int room = weights.getOrDefault(version, 0);
            for (BucketRange range : ranges) {
                int stay = Math.min(room, range.size());
                room -= stay;
                if (stay > 0) {
                    stays.add(new BucketRange(range.from(), range.from() + stay));
                }
                if (stay < range.size()) {
                    free.add(new BucketRange(range.from() + stay, range.to()));
                }
            }
            kept.put(version, stays);
        });
        weights.forEach((version, weight) -> {
            List<BucketRange> mine = new ArrayList<>(kept.getOrDefault(version, List.of()));
            int missing = weight - mine.stream().mapToInt(BucketRange::size).sum();
            while (missing > 0) {
                BucketRange next = free.removeFirst();
                int taken = Math.min(missing, next.size());
                mine.add(new BucketRange(next.from(), next.from() + taken));
                if (taken < next.size()) {
                    free.addFirst(new BucketRange(next.from() + taken, next.to()));
                }
                missing -= taken;
            }
            kept.put(version, joined(mine));
        });
        kept.values().removeIf(List::isEmpty);
        return new Traffic(kept);
    }

    /** What a version has goes to the largest of the others; the same if it has nothing or is alone. */
    public Traffic without(ServedVersion version) {
        return shares.keySet().stream()
                .filter(other -> !other.equals(version))
                .reduce((one, other) -> weight(other) > weight(one) ? other : one)
                .map(heir -> {
                    Map<ServedVersion, Integer> weights = new LinkedHashMap<>();
                    shares.keySet().forEach(each -> weights.put(each, weight(each)));
                    weights.remove(version);
                    weights.merge(heir, weight(version), Integer::sum);
                    return shifted(weights);
                })
                .orElse(this);
    }

    private static void requireWeights(Map<ServedVersion, Integer> weights) {
        long sum = 0;
        for (int weight : weights.values()) {
            if (weight < 0) {
                throw ProblemException.invalidField(
                        "weights", "must not be negative, one is " + percent(weight) + " %");
            }
            sum += weight;
        }
        if (sum != BucketRange.ALL) {
            throw ProblemException.invalidField("weights", "must add up to 100 %, not to " + percent(sum) + " %");
        }
    }

    private static double percent(long buckets) {
        return buckets / 100.0;
    }

    private static List<BucketRange> joined(List<BucketRange> ranges) {
        List<BucketRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(BucketRange::from));
        List<BucketRange> joined = new ArrayList<>();
        for (BucketRange range : sorted) {
            if (!joined.isEmpty() && joined.getLast().to() == range.from()) {
                joined.add(new BucketRange(joined.removeLast().from(), range.to()));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
