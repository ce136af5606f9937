package io.benchtop.service.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a table so that looking at it needs no source: the first rows and what each column holds.
 *
 * @param rowCount how many rows there were
 * @param columns what each holds
 * @param rows the first of them, values as {@link TextValues#json} writes them, long texts cut
 */
public record TablePreview(long rowCount, List<ColumnProfile> columns, List<List<@Nullable Object>> rows) {

    /** Kept of each table. */
    public static final int ROWS = 1000;

    private static final int LONGEST_TEXT = 500;
    // All of them together: a table of many columns, or of long texts, is sampled with fewer rows.
    private static final long MOST_CHARACTERS = 2_000_000;

    public TablePreview {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Reads all of the rows; does not close them. */
    public static TablePreview of(Rows rows) throws IOException {
        List<ColumnProfiler> profilers =
                rows.columns().stream().map(ColumnProfiler::new).toList();
        List<List<@Nullable Object>> sample = new ArrayList<>();
        long count = 0;
        long characters = 0;
        while (rows.next()) {
            count++;
            for (int at = 0; at < profilers.size(); at++) {
                profilers.get(at).see(rows.value(at));
            }
            if (sample.size() < ROWS && characters < MOST_CHARACTERS) {
                List<@Nullable Object> row = shown(rows, profilers.size());
                characters += row.stream()
                        .mapToLong(value -> String.valueOf(value).length())
                        .sum();
                sample.add(row);
            }
        }
        return new TablePreview(
                count, profilers.stream().map(ColumnProfiler::profile).toList(), sample);
    }

    private static List<@Nullable Object> shown(Rows rows, int columns) {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int at = 0; at < columns; at++) {
            Object value = TextValues.json(rows.value(at));
            row.add(
                    value instanceof String text && text.length() > LONGEST_TEXT
                            ? text.substring(0, LONGEST_TEXT) + "…"
                            : value);
        }
        return Collections.unmodifiableList(row);
    }
}
