package io.benchtop.service.connection.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.connection.ConnectionRepository;
import io.benchtop.service.connection.ConnectionRepositoryContract;
import org.jdbi.v3.core.Jdbi;

class PostgresConnectionRepositoryIT extends ConnectionRepositoryContract {

    private final ConnectionRepository connections =
            new JdbiConnectionRepository(withAlice(TestingDatabases.postgres()));

    static Jdbi withAlice(Jdbi jdbi) {
        jdbi.useHandle(handle -> handle.execute("insert into users (name, display_name, role, disabled, created_at)"
                + " values ('alice', 'Alice', 'developer', false, current_timestamp)"));
        return jdbi;
    }

    @Override
    protected ConnectionRepository connections() {
        return connections;
    }
}
