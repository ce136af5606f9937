package io.benchtop.service.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of which each is read whole into an array. */
public abstract class ArrayRows implements Rows {

    /** The values of the row at hand, which {@link #next} puts there. */
    protected final @Nullable Object[] row;

    private final List<Column> columns;

    protected ArrayRows(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.row = new Object[columns.size()];
    }

    @Override
    public final List<Column> columns() {
        return columns;
    }

    @Override
    public final @Nullable Object value(int column) {
        return row[column];
    }
}
