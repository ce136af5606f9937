package io.benchtop.service.connection.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
import io.benchtop.service.connection.SampleConnection;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.connection.TableSource.Relation;
import io.benchtop.service.table.RowFilter;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresTableSourceIT extends TableSourceContract {

    private final Map<String, Object> properties = TestingDatabases.postgresProperties();

    @Override
    Database database() {
        URI url = URI.create(properties.get("benchtop.database-url").toString().substring("jdbc:".length()));
        return SampleConnection.database(
                DatabaseKind.POSTGRESQL,
                url.getHost(),
                url.getPort(),
                url.getPath().substring(1),
                properties.get("benchtop.database-user").toString());
    }

    @Override
    Secret secret() {
        return new Secret("whatever it trusts");
    }

    @Override
    void execute(String... statements) {
        TestingDatabases.behindTheBack(properties)
                .useHandle(handle -> List.of(statements).forEach(each -> handle.execute(each)));
    }

    @Override
    List<String> kinds() {
        return List.of(
                "create table kinds (flag boolean, whole bigint, number double precision, price numeric(10, 3), name text,"
                        + " day date, seen timestamp, moment timestamptz, hour time, bytes bytea)",
                "insert into kinds values (true, 9007199254740993, 0.5, 12.34, 'Grüße', '2026-01-31',"
                        + " '2026-01-31 10:11:12.123456', '2026-01-31 10:11:12+02', '23:59:58', decode('0102ff', 'hex'))",
                "insert into kinds (flag) values (null)");
    }

    /** Where the driver's bytes would say something else than the database prints. */
    @Test
    void readsAsItIsPrintedWhatHasNoTypeOfItsOwn() throws IOException {
        // Given
        execute(
                "create table prints (id uuid, small real, many int[], spot point, hour timetz, total numeric)",
                "insert into prints values ('6f1c7a52-0d9b-4b1e-9a55-2f0f5b8f3c11', 0.1, '{1,NULL,3}', '(1,2)',"
                        + " '10:11:12+02', 'NaN')");
        Relation prints = new Relation.Table(null, "prints");

        // When
        List<List<Object>> rows = read(source().rows(prints, source().columns(prints), RowFilter.ALL));

        // Then
        assertThat(rows)
                .containsExactly(List.of(
                        "6f1c7a52-0d9b-4b1e-9a55-2f0f5b8f3c11", 0.1, "{1,NULL,3}", "(1,2)", "10:11:12+02", Double.NaN));
    }

    @Override
    String numbers(int count) {
        return "select n from generate_series(1, " + count + ") as n";
    }

    @Override
    String quoted(String name) {
        return "\"" + name + "\"";
    }
}
