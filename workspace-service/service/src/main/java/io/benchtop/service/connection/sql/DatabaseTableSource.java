package io.benchtop.service.connection.sql;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.connection.TableSource;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tables of one database. Each read signs in anew, which takes some thousandths of a second, and signs out when it is closed:
 * nothing is left open behind anybody's back, and no setting of one read reaches another.
 */
final class DatabaseTableSource implements TableSource {

    private final Connection connection;
    private final Database database;
    private final Secret secret;
    private final Dialect dialect;
    private final NetworkPolicy policy;
    private final Timeouts timeouts;

    DatabaseTableSource(
            Connection connection,
            Database database,
            Secret secret,
            Dialect dialect,
            NetworkPolicy policy,
            Timeouts timeouts) {
        this.connection = requireNonNull(connection, "connection is null");
        this.database = requireNonNull(database, "database is null");
        this.secret = requireNonNull(secret, "secret is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.timeouts = requireNonNull(timeouts, "timeouts is null");
    }

    @Override
    public void test() {
        try (java.sql.Connection signedIn = signIn()) {
            signedIn.getMetaData();
        } catch (SQLException e) {
            throw SqlProblem.of(connection, dialect, e);
        }
    }

    @Override
    public List<Column> columns(Relation relation) {
        Selection selection = Selection.ofNothing(relation, dialect);
        try (java.sql.Connection signedIn = signIn();
                PreparedStatement statement = signedIn.prepareStatement(selection.text());
                ResultSet nothing = statement.executeQuery()) {
            return columns(nothing.getMetaData());
        } catch (SQLException e) {
            throw SqlProblem.of(connection, dialect, e);
        }
    }

    private List<Column> columns(ResultSetMetaData result) throws SQLException {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int place = 1; place <= result.getColumnCount(); place++) {
            Column column = dialect.column(result, place);
            if (!names.add(column.name())) {
                throw ProblemException.of(
                        ErrorCode.BAD_REQUEST,
                        "The query gives two columns the name \"" + column.name()
                                + "\". Give each one of its own with AS.");
            }
            columns.add(column);
        }
        return List.copyOf(columns);
    }

    @Override
    public Rows rows(Relation relation, List<Column> columns, RowFilter filter) {
        Selection selection = Selection.of(relation, columns, filter, dialect);
        java.sql.Connection signedIn = null;
        boolean opened = false;
        try {
            signedIn = signIn();
            PreparedStatement statement = signedIn.prepareStatement(
                    selection.text(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            statement.setFetchSize(dialect.fetchSize());
            selection.bind(statement, dialect);
            ResultSet result = statement.executeQuery();
            List<ValueReader> readers = columns.stream().map(dialect::reader).collect(Collectors.toList());
            Rows rows = new SqlRows(connection, dialect, signedIn, result, columns, readers);
            opened = true;
            return rows;
        } catch (SQLException e) {
            throw SqlProblem.of(connection, dialect, e);
        } finally {
            if (!opened && signedIn != null) {
                SqlRows.breakOff(signedIn);
            }
        }
    }

    private java.sql.Connection signIn() throws SQLException {
        java.sql.Connection signedIn = dialect.connect(database, secret, policy, timeouts);
        boolean begun = false;
        try {
            signedIn.setNetworkTimeout(Runnable::run, timeouts.answerMillis());
            dialect.begin(signedIn, timeouts);
            begun = true;
            return signedIn;
        } finally {
            if (!begun) {
                SqlRows.breakOff(signedIn);
            }
        }
    }
}
