package io.benchtop.service.table;

import io.benchtop.service.table.ColumnProfile.Frequent;
import io.benchtop.service.table.ColumnProfile.Histogram;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * Sees each value of a column once and keeps some kilobytes of it, however many there are.
 *
 * @see <a href="https://datasketches.apache.org">Apache DataSketches: HLL, KLL, Frequent Items</a>
 */
final class ColumnProfiler {

    private static final int LOG_OF_BUCKETS = 12;
    private static final int MOST_FREQUENT = 10;
    private static final int BARS = 20;
    private static final int LONGEST_VALUE = 100;
    private static final int FREQUENT_MAP = 512;

    private final Column column;
    private final HllSketch distinct = new HllSketch(LOG_OF_BUCKETS);
    private final KllDoublesSketch numbers = KllDoublesSketch.newHeapInstance();
    private final ItemsSketch<String> frequent = new ItemsSketch<>(FREQUENT_MAP);
    private long count;
    private long nulls;
    private double sum;
    private @Nullable Object min;
    private @Nullable Object max;

    ColumnProfiler(Column column) {
        this.column = column;
    }

    void see(@Nullable Object value) {
        count++;
        if (value == null) {
            nulls++;
            return;
        }
        if (value instanceof byte[] bytes) {
            distinct.update(bytes);
            return;
        }
        String text = shortened(value.toString());
        distinct.update(value.toString().getBytes(StandardCharsets.UTF_8));
        frequent.update(text);
        if (value instanceof Double number && number.isNaN()) {
            return;
        }
        extend(value);
        if (column.type().isNumber()) {
            double number = number(value);
            sum += number;
            if (Double.isFinite(number)) {
                numbers.update(number);
            }
        }
    }

    private static double number(Object value) {
        return value instanceof BigDecimal decimal ? decimal.doubleValue() : ((Number) value).doubleValue();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void extend(Object value) {
        min = min == null || ((Comparable) value).compareTo(min) < 0 ? value : min;
        max = max == null || ((Comparable) value).compareTo(max) > 0 ? value : max;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    ColumnProfile profile() {
        boolean measured = !numbers.isEmpty();
        return new ColumnProfile(
                column,
                count,
                nulls,
                Math.min(Math.round(distinct.getEstimate()), count - nulls),
                shown(min),
                shown(max),
                measured && Double.isFinite(sum) ? sum / (count - nulls) : null,
                measured ? quantiles() : List.of(),
                measured ? histogram() : null,
                mostFrequent());
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return TextValues.json(value) instanceof String text ? shortened(text) : TextValues.json(value);
    }

    private List<Double> quantiles() {
        return Arrays.stream(numbers.getQuantiles(new double[] {0, 0.25, 0.5, 0.75, 1}))
                .boxed()
                .toList();
    }

    private Histogram histogram() {
        double least = numbers.getMinItem();
        double greatest = numbers.getMaxItem();
        double width = (greatest - least) / BARS;
        if (!(width > 0) || Double.isInfinite(width)) {
            return new Histogram(List.of(least, greatest), List.of(numbers.getN()));
        }
        double[] inner = DoubleStream.iterate(1, bar -> bar < BARS, bar -> bar + 1)
                .map(bar -> least + bar * width)
                .distinct()
                .toArray();
        double[] shares = numbers.getPMF(inner, QuantileSearchCriteria.EXCLUSIVE);
        List<Double> edges = new ArrayList<>(List.of(least));
        Arrays.stream(inner).forEach(edges::add);
        edges.add(greatest);
        List<Long> counts = Arrays.stream(shares)
                .mapToObj(share -> Math.round(share * numbers.getN()))
                .toList();
        return new Histogram(edges, counts);
    }

    private List<Frequent> mostFrequent() {
        return Arrays.stream(frequent.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .limit(MOST_FREQUENT)
                .map(row -> new Frequent(row.getItem(), row.getEstimate()))
                .toList();
    }
}
