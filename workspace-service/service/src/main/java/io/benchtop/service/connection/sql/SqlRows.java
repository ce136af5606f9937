package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as the database sends them. Closing before the last breaks off: what the database has still to send is not waited for. */
final class SqlRows implements Rows {

    private final Connection connection;
    private final Dialect dialect;
    private final java.sql.Connection signedIn;
    private final ResultSet result;
    private final List<Column> columns;
    private final ValueReader[] readers;
    private boolean ended;
    private boolean closed;

    SqlRows(
            Connection connection,
            Dialect dialect,
            java.sql.Connection signedIn,
            ResultSet result,
            List<Column> columns,
            List<ValueReader> readers) {
        this.connection = connection;
        this.dialect = dialect;
        this.signedIn = signedIn;
        this.result = result;
        this.columns = List.copyOf(columns);
        this.readers = readers.toArray(ValueReader[]::new);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        try {
            if (!ended && result.next()) {
                return true;
            }
            ended = true;
            return false;
        } catch (SQLException e) {
            throw SqlProblem.of(connection, dialect, e);
        }
    }

    @Override
    public @Nullable Object value(int column) {
        try {
            return readers[column].read(result, column + 1);
        } catch (SQLException e) {
            throw SqlProblem.of(connection, dialect, e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended) {
            breakOff(signedIn);
            return;
        }
        try {
            signedIn.close();
        } catch (SQLException _) {
            breakOff(signedIn);
        }
    }

    /** Ends a connection at once, whatever state it is in. */
    static void breakOff(java.sql.Connection signedIn) {
        try {
            signedIn.abort(Runnable::run);
        } catch (SQLException _) {
            // It is broken already.
        }
    }
}
