package io.benchtop.service.table;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows made of other rows, which are closed with them. What is not said otherwise is the others'. */
public abstract class ForwardingRows implements Rows {

    private final Rows rows;

    protected ForwardingRows(Rows rows) {
        this.rows = requireNonNull(rows, "rows is null");
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public boolean next() throws IOException {
        return rows.next();
    }

    @Override
    public @Nullable Object value(int column) {
        return rows.value(column);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
