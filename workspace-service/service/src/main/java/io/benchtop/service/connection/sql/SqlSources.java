package io.benchtop.service.connection.sql;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.connection.TableSource;

/** Makes sources of tables. */
public final class SqlSources {

    private final NetworkPolicy policy;
    private final Timeouts timeouts;

    public SqlSources(NetworkPolicy policy) {
        this(policy, Timeouts.USUAL);
    }

    SqlSources(NetworkPolicy policy, Timeouts timeouts) {
        this.policy = requireNonNull(policy, "policy is null");
        this.timeouts = requireNonNull(timeouts, "timeouts is null");
    }

    public TableSource open(Connection connection, Database database, Secret secret) {
        Dialect dialect = switch (database.databaseKind()) {
            case POSTGRESQL -> new PostgresDialect();
            case MARIADB -> new MariaDbDialect();
        };
        return new DatabaseTableSource(connection, database, secret, dialect, policy, timeouts);
    }
}
