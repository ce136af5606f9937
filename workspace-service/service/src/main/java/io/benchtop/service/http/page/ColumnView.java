package io.benchtop.service.http.page;

import io.benchtop.service.table.ColumnProfile;
import io.benchtop.service.table.ColumnProfile.Histogram;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, for people.
 *
 * @param least empty of a column without values or without an order
 * @param mean empty of a column that is not of numbers
 * @param bars of a histogram; empty of a column that has none
 * @param summary what the bars say, for those who do not see them
 * @param frequent the most frequent values of a column that has no bars
 */
record ColumnView(
        String name,
        String type,
        String nulls,
        String distinct,
        String least,
        String greatest,
        String mean,
        List<Bar> bars,
        String summary,
        List<Share> frequent) {

    static final int HEIGHT = 32;
    private static final int PITCH = 6;
    private static final int MOST_FREQUENT = 3;
    private static final int PERCENT = 100;

    ColumnView {
        bars = List.copyOf(bars);
        frequent = List.copyOf(frequent);
    }

    static ColumnView of(ColumnProfile profile) {
        Histogram histogram = profile.histogram();
        return new ColumnView(
                profile.column().name(),
                profile.column().type().code(),
                profile.nulls() == 0 ? "none" : percent(profile.nulls(), profile.count()),
                HumaneNumber.count(profile.distinct()),
                text(profile.min()),
                text(profile.max()),
                text(profile.mean()),
                histogram == null ? List.of() : bars(histogram),
                histogram == null ? "" : summary(histogram),
                histogram == null
                        ? profile.frequent().stream()
                                .limit(MOST_FREQUENT)
                                .map(each -> new Share(each.value(), percent(each.count(), profile.count())))
                                .toList()
                        : List.of());
    }

    /** Beside others, so with fewer digits than in the rows. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> HumaneNumber.text(number);
            default -> value.toString();
        };
    }

    private static String percent(long part, long all) {
        double share = all == 0 ? 0 : (double) PERCENT * part / all;
        return share > 0 && share < 0.1
                ? "< 0.1 %"
                : String.format(Locale.ROOT, share < 10 ? "%.1f %%" : "%.0f %%", share);
    }

    private static List<Bar> bars(Histogram histogram) {
        long highest = Math.max(1, Collections.max(histogram.counts(), Long::compare));
        return IntStream.range(0, histogram.counts().size())
                .mapToObj(place -> {
                    long count = histogram.counts().get(place);
                    // What is there is seen, however little it is beside the others.
                    int height = count == 0
                            ? 0
                            : Math.max(1, Math.toIntExact(Math.round((double) HEIGHT * count / highest)));
                    return new Bar(place * PITCH, HEIGHT - height, PITCH - 1, height, told(histogram, place));
                })
                .toList();
    }

    private static String told(Histogram histogram, int place) {
        return HumaneNumber.text(histogram.edges().get(place)) + " to "
                + HumaneNumber.text(histogram.edges().get(place + 1)) + ": "
                + HumaneNumber.count(histogram.counts().get(place));
    }

    private static String summary(Histogram histogram) {
        List<Long> counts = histogram.counts();
        int fullest = counts.indexOf(Collections.max(counts, Long::compare));
        return "Histogram in " + counts.size() + (counts.size() == 1 ? " part" : " parts") + ", the fullest from "
                + told(histogram, fullest);
    }

    /** How wide the bars are together. */
    int width() {
        return bars.size() * PITCH;
    }

    /** @param told from where to where, and how many */
    record Bar(int x, int y, int width, int height, String told) {}

    /** @param share in percent of all rows */
    record Share(String value, String share) {}
}
