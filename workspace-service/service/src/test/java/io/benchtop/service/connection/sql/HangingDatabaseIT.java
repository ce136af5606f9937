package io.benchtop.service.connection.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.Collector;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases that do not answer are given up, with a sentence that says what to do. */
class HangingDatabaseIT {

    private static final Timeouts BRIEF =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private static TableSource source(Database database) {
        return new SqlSources(NetworkPolicy.of("127.0.0.0/8"), BRIEF)
                .open(SampleConnection.of("shop", database), database, new Secret("x"));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void oneThatSaysNothingIsGivenUp(DatabaseKind kind) throws IOException {
        try (Collector silent = new Collector()) {
            // Given
            TableSource source = source(SampleConnection.database(kind, "127.0.0.1", silent.port(), "shop", "reader"));

            // Then
            assertAway(source::test);
        }
    }

    @Test
    void oneThatIsFrozenInTheMiddleIsGivenUpAndReadAgainAfterwards() throws IOException {
        // Given
        Map<String, Object> postgres = TestingDatabases.postgresProperties();
        URI url = URI.create(postgres.get("benchtop.database-url").toString().substring("jdbc:".length()));
        TableSource source = source(SampleConnection.database(
                DatabaseKind.POSTGRESQL,
                url.getHost(),
                url.getPort(),
                url.getPath().substring(1),
                postgres.get("benchtop.database-user").toString()));
        Relation many = new Relation.Query("select n from generate_series(1, 1000000) as n");
        List<Column> columns = List.of(new Column("n", ColumnType.INT64));

        // Then
        try (Rows rows = source.rows(many, columns, RowFilter.ALL)) {
            assertThat(rows.next()).isTrue();
            try (TestingDatabases.Frost _ = TestingDatabases.freezePostgres()) {
                assertAway(() -> {
                    while (rows.next()) {
                        rows.value(0);
                    }
                });
            }
        }
        try (Rows rows = source.rows(many, columns, RowFilter.ALL)) {
            assertThat(rows.next()).isTrue();
        }
    }

    private static void assertAway(org.assertj.core.api.ThrowableAssert.ThrowingCallable asking) {
        long begin = System.nanoTime();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(asking)
                .withMessageContaining("took too long. Check")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.SOURCE_AWAY));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }
}
