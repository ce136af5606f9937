package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.Condition.Operator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** What one database does unlike the other. */
interface Dialect {

    /** Signs in, by an address and properties that hold nothing but the checked fields and what is written here. */
    Connection connect(Database database, Secret secret, NetworkPolicy policy, Timeouts timeouts) throws SQLException;

    /** Begins a transaction that cannot write. */
    void begin(Connection connection, Timeouts timeouts) throws SQLException;

    /** A name as a name, whatever is in it. */
    String quoted(String name);

    /** Rows that the driver asks for at first. */
    int fetchSize();

    /** The type and scale of a column of a result. */
    Column column(ResultSetMetaData result, int place) throws SQLException;

    /** How values of a column of a result are read. */
    ValueReader reader(Column column);

    /** A column as something whose comparison means what it means for a file's values. */
    String compared(Column column, String quoted, Operator operator);

    /** The same for a pattern, in which no sign escapes another. */
    String like(String quoted);

    /** A pattern as {@link #like} takes it. */
    String pattern(String pattern);

    /** Binds a value of the class that the column's type names. */
    void bind(PreparedStatement statement, int place, Column column, Object value) throws SQLException;

    SqlProblem.Kind problem(SQLException failure);

    /** The host as an address has it: one of IPv6 in brackets. */
    static String host(Database database) {
        return database.host().indexOf(':') >= 0 && !database.host().startsWith("[")
                ? "[" + database.host() + "]"
                : database.host();
    }

    /** What the standard's classes tell, where a database says nothing of its own. */
    static SqlProblem.Kind problemOfClass(String state) {
        if (state.startsWith("08")) {
            return SqlProblem.Kind.NOT_NOW;
        }
        return state.startsWith("42") || state.startsWith("22")
                ? SqlProblem.Kind.NOT_UNDERSTOOD
                : SqlProblem.Kind.OTHER;
    }
}
