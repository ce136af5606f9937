package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.Condition.Operator;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgresDialect implements Dialect {

    private static final String WITHOUT_WAY_OUT = "disable";

    /** Not float4, of which the text is the number that was written, nor what is read as the text that the database prints. */
    private static final String SENT_AS_BYTES = "INT2,INT4,INT8,FLOAT8,NUMERIC,BYTEA,DATE,TIME,TIMESTAMP,TIMESTAMPTZ";

    @Override
    public Connection connect(Database database, Secret secret, NetworkPolicy policy, Timeouts timeouts)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", secret.text());
        properties.setProperty("socketFactory", PostgresSockets.class.getName());
        properties.setProperty("socketFactoryArg", policy.text());
        properties.setProperty("gssEncMode", WITHOUT_WAY_OUT);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "benchtop");
        properties.setProperty("readOnly", "true");
        // Rows of texts as long as books must not fill the memory: the driver asks for as many as fit, by those it saw.
        properties.setProperty("maxResultBuffer", "24M");
        properties.setProperty("adaptiveFetch", "true");
        properties.setProperty("adaptiveFetchMaximum", "10000");
        // Neither side makes texts of numbers and times, from the first statement of a connection on.
        properties.setProperty("prepareThreshold", "-1");
        properties.setProperty("binaryTransfer", "false");
        properties.setProperty("binaryTransferEnable", SENT_AS_BYTES);
        properties.setProperty("binaryTransferDisable", "POINT,BOX");
        timeouts.put(properties, 1);
        tls(database, properties);
        String name = URLEncoder.encode(database.database(), StandardCharsets.UTF_8);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + Dialect.host(database) + ":" + database.port() + "/" + name, properties);
    }

    private static void tls(Database database, Properties properties) {
        switch (database.tls()) {
            case VERIFY -> {
                properties.setProperty("sslmode", "verify-full");
                // Whom the JVM trusts, not a file in somebody's home.
                properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            }
            case REQUIRE -> properties.setProperty("sslmode", "require");
            case OFF -> properties.setProperty("sslmode", WITHOUT_WAY_OUT);
        }
    }

    @Override
    public void begin(Connection connection, Timeouts timeouts) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = " + timeouts.statementMillis());
        }
    }

    @Override
    public String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public int fetchSize() {
        return 100;
    }

    @Override
    public Column column(ResultSetMetaData result, int place) throws SQLException {
        int scale = result.getScale(place);
        ColumnType type = switch (result.getColumnTypeName(place)) {
            case "bool" -> ColumnType.BOOLEAN;
            case "int2", "int4", "int8", "oid", "smallserial", "serial", "bigserial" -> ColumnType.INT64;
            case "float4", "float8" -> ColumnType.FLOAT64;
            // Without a declared scale each value has its own; sums and means are such.
            case "numeric" -> result.getPrecision(place) == 0 && scale == 0 ? ColumnType.FLOAT64 : ColumnType.DECIMAL;
            case "date" -> ColumnType.DATE;
            case "timestamp" -> ColumnType.TIMESTAMP;
            case "timestamptz" -> ColumnType.INSTANT;
            case "time" -> ColumnType.TIME;
            case "bytea" -> ColumnType.BINARY;
            default -> ColumnType.TEXT;
        };
        return new Column(
                result.getColumnLabel(place),
                type,
                result.isNullable(place) != ResultSetMetaData.columnNoNulls,
                type == ColumnType.DECIMAL ? Math.max(0, scale) : 0);
    }

    @Override
    public ValueReader reader(Column column) {
        return ValueReaders.of(column, PostgresDialect::instant);
    }

    private static @Nullable Object instant(ResultSet rows, int place) throws SQLException {
        OffsetDateTime value = rows.getObject(place, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** What is printed as text is compared as it is printed, by its characters and not as a language sorts. */
    @Override
    public String compared(Column column, String quoted, Operator operator) {
        if (column.type() != ColumnType.TEXT) {
            return quoted;
        }
        boolean sameness = operator == Operator.EQUAL || operator == Operator.UNEQUAL;
        return "cast(" + quoted + " as text)" + (sameness ? "" : " collate \"C\"");
    }

    @Override
    public String like(String quoted) {
        return "cast(" + quoted + " as text) like ? escape ''";
    }

    @Override
    public String pattern(String pattern) {
        return pattern;
    }

    @Override
    public void bind(PreparedStatement statement, int place, Column column, Object value) throws SQLException {
        switch (value) {
            case Instant moment -> statement.setObject(place, moment.atOffset(ZoneOffset.UTC));
            case BigDecimal number -> statement.setBigDecimal(place, number);
            default -> statement.setObject(place, value);
        }
    }

    @Override
    public SqlProblem.Kind problem(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            case "28P01", "28000" -> SqlProblem.Kind.WRONG_PASSWORD;
            case "3D000" -> SqlProblem.Kind.NO_DATABASE;
            case "42P01", "3F000" -> SqlProblem.Kind.NO_TABLE;
            case "42501" -> SqlProblem.Kind.NO_RIGHT;
            case "57014" -> SqlProblem.Kind.TOO_LONG;
            case "25006" -> SqlProblem.Kind.WRITES;
            case "53300", "57P01", "57P02", "57P03" -> SqlProblem.Kind.NOT_NOW;
            default -> Dialect.problemOfClass(state);
        };
    }
}
