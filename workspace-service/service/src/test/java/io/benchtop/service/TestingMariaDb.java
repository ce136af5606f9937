package io.benchtop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A MariaDB server of our own in a temporary folder, from the programs of Debian's package {@code mariadb-server}. It listens on a
 * free port of this machine only and ends with the JVM; root runs it as the user {@code nobody}.
 */
public final class TestingMariaDb {

    public static final String USER = "reader";
    public static final String PASSWORD = "the reader's password";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int port;

    private TestingMariaDb(int port) {
        this.port = port;
    }

    /** The one server of this JVM. Where MariaDB is not installed the test is skipped, and fails where {@code CI} is {@code true}. */
    public static TestingMariaDb shared() {
        if (program("mariadbd").isEmpty() || program("mariadb-install-db").isEmpty()) {
            String sentence = "MariaDB is not installed, so its half of the tests of tables is skipped;"
                    + " install the package mariadb-server.";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(sentence);
            }
            Assumptions.abort(sentence);
        }
        return Server.STARTED;
    }

    public int port() {
        return port;
    }

    /** Makes an empty database that the user may read and write. */
    public String freshDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        execute("", "create database " + name, "grant all on " + name + ".* to '" + USER + "'@'%'");
        return name;
    }

    /** As the server's own administrator. */
    public void execute(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(url(port, database), "root", "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(int port, String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    /** One of its own that may be asked with encryption. */
    public static TestingMariaDb encrypted(TestingCertificate certificate) throws IOException {
        shared();
        return start(certificate);
    }

    private static TestingMariaDb start(@Nullable TestingCertificate certificate) throws IOException {
        Path folder = Files.createTempDirectory("benchtop-mariadb");
        List<String> user = TestingServers.unprivileged(folder, "nobody");
        Path data = folder.resolve("data");
        TestingServers.run(
                user,
                program("mariadb-install-db").orElseThrow().toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db");
        int port = TestingServers.freePort();
        List<String> command = new ArrayList<>(List.of(
                program("mariadbd").orElseThrow().toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M",
                "--default-time-zone=+03:00"));
        if (certificate != null) {
            certificate.write(folder);
            command.add("--ssl-cert=" + folder.resolve("server.crt"));
            command.add("--ssl-key=" + folder.resolve("server.key"));
        }
        Process process = TestingServers.start(folder, user, command.toArray(String[]::new));
        TestingServers.awaitConnections(
                process, folder, Duration.ofSeconds(60), () -> DriverManager.getConnection(url(port, ""), "root", ""));
        TestingMariaDb server = new TestingMariaDb(port);
        server.execute("", "create user '" + USER + "'@'%' identified by '" + PASSWORD.replace("'", "''") + "'");
        return server;
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/bin"))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static final class Server {

        static final TestingMariaDb STARTED = begin();

        private static TestingMariaDb begin() {
            try {
                return start(null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
