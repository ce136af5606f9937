package io.benchtop.service.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of the columns of rows, in the order asked for. */
public final class SelectedRows extends ForwardingRows {

    private final List<Column> columns;
    private final int[] places;

    /** @param columns each of them one of the rows' own; closing this closes the rows */
    public SelectedRows(Rows rows, List<Column> columns) {
        super(rows);
        this.columns = List.copyOf(columns);
        this.places = columns.stream().mapToInt(rows.columns()::indexOf).toArray();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable Object value(int column) {
        return super.value(places[column]);
    }
}
