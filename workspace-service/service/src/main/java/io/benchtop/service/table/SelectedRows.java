package io.benchtop.service.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of the columns of rows, in the order asked for. */
public final class SelectedRows implements Rows {

    private final Rows rows;
    private final List<Column> columns;
    private final int[] places;

    /** @param columns each of them one of the rows' own; closing this closes the rows */
    public SelectedRows(Rows rows, List<Column> columns) {
        this.rows = rows;
        this.columns = List.copyOf(columns);
        this.places = columns.stream().mapToInt(rows.columns()::indexOf).toArray();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() throws IOException {
        return rows.next();
    }

    @Override
    public @Nullable Object value(int column) {
        return rows.value(places[column]);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
