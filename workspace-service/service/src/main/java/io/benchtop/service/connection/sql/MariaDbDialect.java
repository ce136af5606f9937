package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.Condition.Operator;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

/** MariaDB, and MySQL as far as it is alike. */
final class MariaDbDialect implements Dialect {

    /** A server that hands rows over one by one counts the reader's time too. */
    private static final long LONGEST_SECONDS = 4 * 3600;

    @Override
    public Connection connect(Database database, Secret secret, NetworkPolicy policy, Timeouts timeouts)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", secret.text());
        properties.setProperty("socketFactory", MariaDbSockets.class.getName());
        properties.setProperty(MariaDbSockets.NETWORKS, policy.text());
        properties.setProperty("tcpKeepAlive", "true");
        // The server must not be able to ask for a file of ours, nor for the password as it is.
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("restrictedAuth", "mysql_native_password,client_ed25519,caching_sha2_password");
        properties.setProperty("allowPublicKeyRetrieval", "false");
        properties.setProperty("allowMultiQueries", "false");
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("cachePrepStmts", "false");
        timeouts.put(properties, 1000);
        properties.setProperty(
                "sslMode",
                switch (database.tls()) {
                    case VERIFY -> "verify-full";
                    case REQUIRE -> "trust";
                    case OFF -> "disable";
                });
        Connection connection = new Driver()
                .connect(
                        "jdbc:mariadb://" + Dialect.host(database) + ":" + database.port() + "/" + database.database(),
                        properties);
        if (connection == null) {
            throw new SQLException("the driver does not take its own address");
        }
        return connection;
    }

    @Override
    public void begin(Connection connection, Timeouts timeouts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Moments are read in one zone wherever the server stands.
            statement.execute("set session time_zone = '+00:00'");
            statement.execute("set session transaction read only");
            try {
                statement.execute("set session max_statement_time = " + LONGEST_SECONDS);
            } catch (SQLException _) {
                // MySQL calls it otherwise; the socket's patience is what stops it there.
            }
            statement.execute("start transaction read only");
        }
    }

    @Override
    public String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public int fetchSize() {
        return 100;
    }

    @Override
    public Column column(ResultSetMetaData result, int place) throws SQLException {
        ColumnType type = type(result, place);
        return new Column(
                result.getColumnLabel(place),
                type,
                result.isNullable(place) != ResultSetMetaData.columnNoNulls,
                type == ColumnType.DECIMAL ? Math.max(0, result.getScale(place)) : 0);
    }

    private static ColumnType type(ResultSetMetaData result, int place) throws SQLException {
        String name = result.getColumnTypeName(place).toUpperCase(Locale.ROOT);
        if (name.equals("TIMESTAMP")) {
            return ColumnType.INSTANT;
        }
        if (name.equals("YEAR")) {
            return ColumnType.INT64;
        }
        return switch (result.getColumnType(place)) {
            case Types.BOOLEAN -> ColumnType.BOOLEAN;
            case Types.BIT -> result.getPrecision(place) <= 1 ? ColumnType.BOOLEAN : ColumnType.BINARY;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> ColumnType.INT64;
            // The largest without a sign are too large for 64 bits with one.
            case Types.BIGINT -> name.contains("UNSIGNED") ? ColumnType.DECIMAL : ColumnType.INT64;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> ColumnType.FLOAT64;
            case Types.NUMERIC, Types.DECIMAL -> ColumnType.DECIMAL;
            case Types.DATE -> ColumnType.DATE;
            case Types.TIMESTAMP -> ColumnType.TIMESTAMP;
            case Types.TIME -> ColumnType.TIME;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ColumnType.BINARY;
            default -> ColumnType.TEXT;
        };
    }

    @Override
    public ValueReader reader(Column column) {
        return ValueReaders.of(column, MariaDbDialect::instant);
    }

    private static @Nullable Object instant(ResultSet rows, int place) throws SQLException {
        LocalDateTime value = rows.getObject(place, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    /** Most columns of texts take A for a and forget spaces at the end; files do not. */
    @Override
    public String compared(Column column, String quoted, Operator operator) {
        return column.type() == ColumnType.TEXT ? exact(quoted) : quoted;
    }

    /** It has no pattern without a sign that escapes: an empty one means the backslash, in most modes. */
    @Override
    public String like(String quoted) {
        return exact(quoted) + " like ? escape '|'";
    }

    @Override
    public String pattern(String pattern) {
        return pattern.replace("|", "||");
    }

    private static String exact(String quoted) {
        return "convert(" + quoted + " using utf8mb4) collate utf8mb4_nopad_bin";
    }

    @Override
    public void bind(PreparedStatement statement, int place, Column column, Object value) throws SQLException {
        switch (value) {
            case Instant moment -> statement.setObject(place, LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
            case BigDecimal number -> statement.setBigDecimal(place, number);
            default -> statement.setObject(place, value);
        }
    }

    @Override
    public SqlProblem.Kind problem(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 1045, 1698 -> SqlProblem.Kind.WRONG_PASSWORD;
            case 1049 -> SqlProblem.Kind.NO_DATABASE;
            case 1146 -> SqlProblem.Kind.NO_TABLE;
            case 1044, 1142, 1143, 1227 -> SqlProblem.Kind.NO_RIGHT;
            case 1969, 3024 -> SqlProblem.Kind.TOO_LONG;
            case 1792, 1836 -> SqlProblem.Kind.WRITES;
            case 1040, 1053, 1203, 1226 -> SqlProblem.Kind.NOT_NOW;
            default -> Dialect.problemOfClass(String.valueOf(failure.getSQLState()));
        };
    }
}
