package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a curve of values that come oldest first, in room that does not grow with how many come.
 *
 * <p>Values are gathered in buckets of equally many neighbours, of each of which the lowest and the highest are kept; when
 * there would be too many buckets, each two neighbours become one. So what sticks out stays, however long the curve is, and
 * the first and the last value stay as well. A curve that is short enough keeps every value.
 */
public final class CurveThinning {

    private static final int FEWEST = 6;

    private final String metric;
    private final int mostBuckets;

    private List<Bucket> buckets = new ArrayList<>();
    private int width = 1;
    private @Nullable Metric first;
    private @Nullable Metric last;
    private long omitted;

    /** @param most how many points the curve has at most */
    public CurveThinning(String metric, int most) {
        this.metric = requireNonNull(metric, "metric is null");
        if (most < FEWEST) {
            throw new IllegalArgumentException("a curve needs " + FEWEST + " points: " + most);
        }
        this.mostBuckets = (most - 2) / 2;
    }

    public void add(Metric value) {
        if (!Double.isFinite(value.value())) {
            omitted++;
            return;
        }
        if (first == null) {
            first = value;
        }
        last = value;
        if (buckets.isEmpty() || buckets.getLast().count() == width) {
            makeRoom();
        }
        if (buckets.isEmpty() || buckets.getLast().count() == width) {
            buckets.add(new Bucket(value, value, 1));
        } else {
            buckets.add(buckets.removeLast().with(new Bucket(value, value, 1)));
        }
    }

    private void makeRoom() {
        if (buckets.size() < mostBuckets) {
            return;
        }
        List<Bucket> fewer = new ArrayList<>();
        for (int i = 0; i + 1 < buckets.size(); i += 2) {
            fewer.add(buckets.get(i).with(buckets.get(i + 1)));
        }
        if (buckets.size() % 2 == 1) {
            fewer.add(buckets.getLast());
        }
        buckets = fewer;
        width *= 2;
    }

    /** What came so far. */
    public Curve curve() {
        NavigableSet<Metric> points = new TreeSet<>(Metric.BY_AGE);
        if (first != null && last != null) {
            points.add(first);
            points.add(last);
        }
        for (Bucket bucket : buckets) {
            points.add(bucket.lowest());
            points.add(bucket.highest());
        }
        return new Curve(metric, List.copyOf(points), omitted);
    }

    /** Neighbours on the curve. Of equals the first one counts. */
    private record Bucket(Metric lowest, Metric highest, int count) {

        Bucket with(Bucket next) {
            return new Bucket(
                    next.lowest.value() < lowest.value() ? next.lowest : lowest,
                    next.highest.value() > highest.value() ? next.highest : highest,
                    count + next.count);
        }
    }
}
