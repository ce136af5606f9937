package io.benchtop.service.connection.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.SampleConnection;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.connection.TableSource;
import io.benchtop.service.connection.TableSource.Relation;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database's tables hold to. */
abstract class TableSourceContract {

    static final NetworkPolicy LOOPBACK = NetworkPolicy.of("127.0.0.0/8");

    private static final Relation GOODS = new Relation.Table(null, "goods");

    abstract Database database();

    abstract Secret secret();

    /** As whoever may write. */
    abstract void execute(String... statements);

    /** A table {@code kinds} with a column of each type: flag, whole, number, price, name, day, seen, moment, hour, bytes. */
    abstract List<String> kinds();

    /** A select of the numbers from 1 to n in a column n. */
    abstract String numbers(int count);

    TableSource source() {
        return source(database(), secret());
    }

    TableSource source(Database database, Secret secret) {
        return new SqlSources(LOOPBACK).open(SampleConnection.of("shop", database), database, secret);
    }

    @BeforeEach
    void fill() {
        execute(
                "create table goods (id int not null, name varchar(40), price decimal(10, 2))",
                "insert into goods values (1, 'Apple', 1.50), (2, 'apple', 2.25), (3, 'pear', null), (4, null, 100.00),"
                        + " (5, '100%', 0.10), (6, 'a" + backslash() + "b', 1.00)");
    }

    /** How a backslash in a text is written. */
    String backslash() {
        return "\\";
    }

    @Test
    void saysTheColumnsOfATable() {
        assertThat(source().columns(GOODS))
                .containsExactly(
                        new Column("id", ColumnType.INT64, false, 0),
                        new Column("name", ColumnType.TEXT, true, 0),
                        new Column("price", ColumnType.DECIMAL, true, 2));
    }

    @Test
    void readsEveryTypeAsItsClass() throws IOException {
        // Given
        execute(kinds().toArray(String[]::new));
        Relation kinds = new Relation.Table(null, "kinds");

        // When
        List<Column> columns = source().columns(kinds);
        List<List<Object>> rows = read(source().rows(kinds, columns, RowFilter.ALL));

        // Then
        assertThat(columns)
                .extracting(Column::type)
                .containsExactly(
                        ColumnType.BOOLEAN,
                        ColumnType.INT64,
                        ColumnType.FLOAT64,
                        ColumnType.DECIMAL,
                        ColumnType.TEXT,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.INSTANT,
                        ColumnType.TIME,
                        ColumnType.BINARY);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .containsExactly(
                        true,
                        9_007_199_254_740_993L,
                        0.5,
                        new BigDecimal("12.340"),
                        "Grüße",
                        LocalDate.parse("2026-01-31"),
                        LocalDateTime.parse("2026-01-31T10:11:12.123456"),
                        Instant.parse("2026-01-31T08:11:12Z"),
                        LocalTime.parse("23:59:58"),
                        new byte[] {1, 2, (byte) 0xff});
        assertThat(rows.get(1)).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "id >= 5 # 5 6",
                "id != 1 and id < 4 # 2 3",
                "price > 1.5 # 2 4",
                "name = 'apple' # 2",
                "name in ('apple', 'pear', 'x''; drop table goods; --') # 2 3",
                "name is null # 4",
                "name is not null and price is null # 3",
                "name like 'a%' # 2 6",
                "name like '_pple' # 1 2",
                "name like '100%' # 5",
                "name like 'a\\b' # 6",
                "name like '%|%' # ",
                "name < 'a' # 1 5",
                "id in (1, 6) # 1 6"
            })
    void filtersAsFilesAreFiltered(String where, String ids) throws IOException {
        // Given
        List<Column> columns = source().columns(GOODS);

        // When
        List<List<Object>> rows = read(source().rows(GOODS, List.of(columns.get(0)), RowFilter.parse(where, columns)));

        // Then
        assertThat(rows)
                .extracting(row -> row.get(0).toString())
                .containsExactlyInAnyOrder(ids == null ? new String[0] : ids.split(" "));
    }

    @Test
    void readsAQueryAsATable() throws IOException {
        // Given
        Relation query = new Relation.Query(
                "select name as %s, price * 2 as double_price from goods -- twice\n;".formatted(quoted("the name")));

        // When
        List<Column> columns = source().columns(query);
        List<List<Object>> rows = read(source().rows(query, columns, RowFilter.parse("double_price >= 4", columns)));

        // Then
        assertThat(columns).extracting(Column::name).containsExactly("the name", "double_price");
        assertThat(rows).hasSize(2);
    }

    abstract String quoted(String name);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from goods",
                "select 1; drop table goods",
                "select * from goods) x; commit; drop table goods; --",
                "select * into other from goods",
                "select 1 as n) q INTO OUTFILE '/tmp/benchtop-s31' -- ",
                "select 1 as n /*",
                "insert into goods values (9, 'x', 1)",
                "set transaction read write",
                "update goods set price = 0",
                ""
            })
    void s31AQueryOnlyReads(String query) throws IOException {
        // When
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source().rows(new Relation.Query(query), List.of(), RowFilter.ALL))
                .satisfies(
                        problem -> assertThat(problem.code()).isIn(ErrorCode.BAD_REQUEST, ErrorCode.CONNECTION_FAILED));

        // Then
        assertThat(read(source().rows(GOODS, List.of(new Column("id", ColumnType.INT64)), RowFilter.ALL)))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"goods; drop table goods", "goods\" where 1=1 --", "goods` where 1=1 -- ", "no_such"})
    void s31ANameIsAName(String table) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source().columns(new Relation.Table(null, table)))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
                    assertThat(problem.detail()).containsAnyOf("no such table", "Incorrect table name");
                });
    }

    @Test
    void closingInTheMiddleWaitsForNothing() throws IOException {
        // Given
        Relation many = new Relation.Query(numbers(5_000_000));
        long begin = System.nanoTime();

        // When
        try (Rows rows = source().rows(many, List.of(new Column("n", ColumnType.INT64)), RowFilter.ALL)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.value(0)).isEqualTo(1L);
        }

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void saysWhatIsWrong() {
        // Given
        Database known = database();

        // Then
        assertFails(
                new Database(
                        known.databaseKind(), known.host(), known.port(), "nothing-here", known.user(), known.tls()),
                secret(),
                ErrorCode.CONNECTION_FAILED,
                noDatabase());
        assertFails(
                new Database(known.databaseKind(), known.host(), known.port(), known.database(), "nobody", known.tls()),
                new Secret("wrong"),
                ErrorCode.CONNECTION_FAILED,
                "password is wrong");
        assertFails(
                new Database(known.databaseKind(), known.host(), 1, known.database(), known.user(), known.tls()),
                secret(),
                ErrorCode.SOURCE_AWAY,
                "refuses the connection");
        assertFails(
                new Database(
                        known.databaseKind(),
                        "no-such-host.invalid",
                        5432,
                        known.database(),
                        known.user(),
                        known.tls()),
                secret(),
                ErrorCode.SOURCE_AWAY,
                "host is unknown");
    }

    String noDatabase() {
        return "no such database";
    }

    private void assertFails(Database database, Secret secret, ErrorCode code, String sentence) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> source(database, secret).test())
                .withMessageContaining(sentence)
                .withMessageContaining("\"shop\"")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    static List<List<Object>> read(Rows rows) throws IOException {
        try (rows) {
            List<List<Object>> all = new ArrayList<>();
            while (rows.next()) {
                List<Object> row = new ArrayList<>();
                for (int at = 0; at < rows.columns().size(); at++) {
                    row.add(rows.value(at));
                }
                all.add(row);
            }
            return all;
        }
    }
}
