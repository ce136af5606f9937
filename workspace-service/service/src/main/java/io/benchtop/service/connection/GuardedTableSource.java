package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.table.Column;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tables behind a guard; rows hold a place inside, as they hold a connection of the database, until they are closed. */
final class GuardedTableSource implements TableSource {

    private final TableSource source;
    private final SourceGuard guard;

    GuardedTableSource(TableSource source, SourceGuard guard) {
        this.source = requireNonNull(source, "source is null");
        this.guard = requireNonNull(guard, "guard is null");
    }

    @Override
    public void test() {
        call(() -> {
            source.test();
            return true;
        });
    }

    @Override
    public List<Column> columns(Relation relation) {
        return call(() -> source.columns(relation));
    }

    @Override
    public Rows rows(Relation relation, List<Column> columns, RowFilter filter) {
        guard.enter();
        boolean opened = false;
        try {
            Rows rows = guard.ask(() -> source.rows(relation, columns, filter));
            opened = true;
            return new GuardedRows(rows, guard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!opened) {
                guard.leave();
            }
        }
    }

    private <T> T call(SourceGuard.Asking<T> asking) {
        try {
            return guard.call(asking);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class GuardedRows implements Rows {

        private final Rows rows;
        private final SourceGuard guard;
        private final AtomicBoolean closed = new AtomicBoolean();

        GuardedRows(Rows rows, SourceGuard guard) {
            this.rows = rows;
            this.guard = guard;
        }

        @Override
        public List<Column> columns() {
            return rows.columns();
        }

        @Override
        public boolean next() throws IOException {
            try {
                return rows.next();
            } catch (IOException | RuntimeException e) {
                guard.failed(e);
                throw e;
            }
        }

        @Override
        public @Nullable Object value(int column) {
            return rows.value(column);
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                try {
                    rows.close();
                } finally {
                    guard.leave();
                }
            }
        }
    }
}
