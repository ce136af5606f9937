package io.benchtop.service.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;

/**
 * The database: embedded H2 in PostgreSQL mode by default, PostgreSQL by address. Migrations run before anything may use
 * it; the same SQL runs on both, and the repository tests prove it.
 */
@Factory
final class DatabaseFactory {

    private static final int CONNECTIONS = 8;

    @Context
    @Bean(preDestroy = "close")
    HikariDataSource dataSource(ServiceConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("benchtop");
        pool.setJdbcUrl(
                config.getDatabaseUrl().map(DatabaseFactory::checkUrl).orElseGet(() -> h2Url(config.getData())));
        pool.setUsername(config.getDatabaseUser().orElse("benchtop"));
        config.getDatabasePasswordFile().ifPresent(file -> pool.setPassword(read(file)));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(1_500);
        pool.setValidationTimeout(500);
        if (config.isPostgresql()) {
            // Nobody waits for ever, not even a migration; that the database is away, the gate tells much sooner.
            pool.addDataSourceProperty("connectTimeout", "2");
            pool.addDataSourceProperty("socketTimeout", "20");
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            // A replica that is frozen in a transaction must not hold up the others' with its locks (F17).
            pool.setConnectionInitSql("set idle_in_transaction_session_timeout = '3s'");
        }
        return new HikariDataSource(pool);
    }

    @Context
    Jdbi jdbi(HikariDataSource dataSource, ServiceConfig config, Optional<DatabaseGate> gate) {
        return gate.map(connections -> Databases.open(dataSource, connections))
                .orElseGet(() -> Databases.open(dataSource));
    }

    /** The embedded database cannot be away. */
    @Context
    @Bean(preDestroy = "close")
    @Requires(property = "benchtop.database-url", pattern = "jdbc:postgresql:.*")
    DatabaseGate gate(HikariDataSource dataSource) {
        Properties own = new Properties();
        own.setProperty("user", dataSource.getUsername());
        if (dataSource.getPassword() != null) {
            own.setProperty("password", dataSource.getPassword());
        }
        own.setProperty("connectTimeout", "1");
        own.setProperty("socketTimeout", "1");
        DatabaseGate gate = new DatabaseGate(
                dataSource::getConnection,
                CONNECTIONS,
                () -> DriverManager.getConnection(dataSource.getJdbcUrl(), own));
        gate.begin();
        return gate;
    }

    static String h2Url(Path data) {
        return "jdbc:h2:file:" + data.toAbsolutePath().resolve("db").resolve("benchtop") + Databases.H2_OPTIONS;
    }

    /** An address is logged and shown in lists of processes; a password in it would be too (S08). */
    static String checkUrl(String url) {
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.indexOf('@') >= 0) {
            throw new IllegalArgumentException("the database address holds a password; take it out and name a file"
                    + " that holds it in BENCHTOP_DATABASE_PASSWORD_FILE");
        }
        return url;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the database password file " + file, e);
        }
    }
}
