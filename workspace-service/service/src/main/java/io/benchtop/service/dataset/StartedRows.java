package io.benchtop.service.dataset;

import io.benchtop.service.table.Column;
import io.benchtop.service.table.Rows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which the first was fetched already. A source that is away is then known before the answer begins, while it can still be a
 * refusal that says why.
 */
final class StartedRows implements Rows {

    private final Rows rows;
    private final boolean any;
    private boolean begun;

    private StartedRows(Rows rows, boolean any) {
        this.rows = rows;
        this.any = any;
    }

    /** Takes the rows over, and closes them if the first cannot be fetched. */
    static Rows of(Rows rows) throws IOException {
        try {
            return new StartedRows(rows, rows.next());
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public boolean next() throws IOException {
        if (begun) {
            return rows.next();
        }
        begun = true;
        return any;
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
