package io.benchtop.service.connection.sql;

import io.benchtop.service.TestingMariaDb;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
import io.benchtop.service.connection.SampleConnection;
import io.benchtop.service.connection.Secret;
import java.util.List;

class MariaDbTableSourceIT extends TableSourceContract {

    private final TestingMariaDb server = TestingMariaDb.shared();
    private final String name = server.freshDatabase();

    @Override
    Database database() {
        return SampleConnection.database(DatabaseKind.MARIADB, "127.0.0.1", server.port(), name, TestingMariaDb.USER);
    }

    @Override
    Secret secret() {
        return new Secret(TestingMariaDb.PASSWORD);
    }

    @Override
    void execute(String... statements) {
        server.execute(name, statements);
    }

    @Override
    List<String> kinds() {
        return List.of(
                "create table kinds (flag boolean, whole bigint, number double, price decimal(10, 3), name text, day date,"
                        + " seen datetime(6), moment timestamp null, hour time, bytes blob)",
                "insert into kinds values (true, 9007199254740993, 0.5, 12.34, 'Grüße', '2026-01-31',"
                        + " '2026-01-31 10:11:12.123456', '2026-01-31 11:11:12', '23:59:58', x'0102ff')",
                "insert into kinds (flag) values (null)");
    }

    @Override
    String numbers(int count) {
        return "select seq as n from seq_1_to_" + count;
    }

    @Override
    String quoted(String name) {
        return "`" + name + "`";
    }

    @Override
    String backslash() {
        return "\\\\";
    }

    /** It tells those without the right nothing of what there is. */
    @Override
    String noDatabase() {
        return "may not read";
    }
}
