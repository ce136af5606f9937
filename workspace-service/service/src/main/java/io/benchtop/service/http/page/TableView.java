package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.table.TablePreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was kept of a version's rows.
 *
 * @param seen how many rows the columns were told from
 * @param rows the first of the sample
 * @param sampled how many rows the sample has
 */
record TableView(List<ColumnView> columns, String seen, List<List<Cell>> rows, int sampled) {

    /** Shown at first. */
    static final int FIRST = 50;

    TableView {
        columns = List.copyOf(columns);
        requireNonNull(seen, "seen is null");
        rows = List.copyOf(rows);
    }

    /** @param most of the rows are shown */
    static TableView of(TablePreview preview, int most) {
        return new TableView(
                preview.columns().stream().map(ColumnView::of).toList(),
                HumaneNumber.count(preview.rowCount()),
                preview.rows().stream()
                        .limit(most)
                        .map(row -> row.stream().map(Cell::of).toList())
                        .toList(),
                preview.rows().size());
    }

    boolean hasMore() {
        return rows.size() < sampled;
    }

    /** @param absent true of no value, which is not the same as an empty text */
    record Cell(String text, boolean number, boolean absent) {

        static Cell of(@Nullable Object value) {
            return new Cell(value == null ? "null" : value.toString(), value instanceof Number, value == null);
        }
    }
}
