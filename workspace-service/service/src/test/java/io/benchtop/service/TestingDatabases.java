package io.benchtop.service;

import com.zaxxer.hikari.HikariDataSource;
import io.benchtop.service.wiring.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Assumptions;

/**
 * Fresh databases for tests, migrated and opened as the service opens them. A repository's contract suite runs on both:
 * a subclass {@code H2…Test} with {@link #h2} and a subclass {@code Postgres…IT} with {@link #postgres}.
 */
public final class TestingDatabases {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestingDatabases() {}

    /** An empty H2 database in memory. */
    public static Jdbi h2() {
        return open(
                "jdbc:h2:mem:benchtop" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1" + Databases.H2_OPTIONS,
                "benchtop");
    }

    /**
     * An empty PostgreSQL database. Where PostgreSQL is not installed the test is skipped with a sentence that says so, and
     * fails where {@code CI} is {@code true}.
     */
    public static Jdbi postgres() {
        return open(freshPostgresUrl(), TestingPostgres.USER);
    }

    /** What {@link TestingService#start} is given to run on an empty PostgreSQL database. */
    public static Map<String, Object> postgresProperties() {
        return Map.of("benchtop.database-url", freshPostgresUrl(), "benchtop.database-user", TestingPostgres.USER);
    }

    /** What {@link ServiceProcess#start} is given to run on the database of {@link #postgresProperties}. */
    public static Map<String, String> environment(Map<String, Object> properties) {
        return Map.of(
                "BENCHTOP_DATABASE_URL",
                String.valueOf(properties.get("benchtop.database-url")),
                "BENCHTOP_DATABASE_USER",
                TestingPostgres.USER);
    }

    /** The database of {@link #postgresProperties}, for tests that look behind the service's back. */
    public static Jdbi behindTheBack(Map<String, Object> properties) {
        return Jdbi.create(String.valueOf(properties.get("benchtop.database-url")), TestingPostgres.USER, "");
    }

    /** The port of a PostgreSQL of its own that may be asked with encryption; its user needs no password. */
    public static int encryptedPostgres(TestingCertificate certificate) throws IOException {
        freshPostgresUrl();
        TestingPostgres server =
                TestingPostgres.start(TestingPostgres.programs().orElseThrow(), certificate);
        return URI.create(server.url("postgres").substring("jdbc:".length())).getPort();
    }

    /** kill -STOP: all connections stay, new ones are made, and none is answered until it is closed. */
    public static Frost freezePostgres() {
        return new Frost();
    }

    private static String freshPostgresUrl() {
        Optional<Path> programs = TestingPostgres.programs();
        if (programs.isEmpty()) {
            String sentence = "PostgreSQL is not installed, so its half of the repository tests is skipped;"
                    + " install the package postgresql.";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(sentence);
            }
            Assumptions.abort(sentence);
        }
        String name = "test" + NUMBER.incrementAndGet();
        TestingPostgres server = Server.STARTED;
        try (Connection connection = DriverManager.getConnection(server.url("postgres"), TestingPostgres.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.url(name);
    }

    private static Jdbi open(String url, String user) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setMaximumPoolSize(8);
        // Nobody closes it, and one server serves all tests: what is not used is let go.
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        return Databases.open(pool);
    }

    /** While it is open, PostgreSQL stands still. */
    public static final class Frost implements AutoCloseable {

        private Frost() {
            signal("STOP");
        }

        @Override
        public void close() {
            signal("CONT");
        }

        private static void signal(String name) {
            try {
                Server.STARTED.signal(name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One server for all tests of this JVM, started by the first that needs it. */
    private static final class Server {

        static final TestingPostgres STARTED = start();

        private static TestingPostgres start() {
            try {
                return TestingPostgres.start(TestingPostgres.programs().orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
