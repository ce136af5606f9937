package io.benchtop.service.dataset;

import io.benchtop.service.table.Column;
import io.benchtop.service.table.Rows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No more than some of the rows. Whether there are more is known when these are read. */
final class FirstRows implements Rows {

    private final Rows rows;
    private final long most;
    private long count;
    private boolean ended;

    FirstRows(Rows rows, long most) {
        this.rows = rows;
        this.most = most;
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public boolean next() throws IOException {
        if (ended) {
            return false;
        }
        boolean there = rows.next();
        ended = !there;
        return there && count++ < most;
    }

    /** Whether these were all. */
    boolean ended() {
        return ended;
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
