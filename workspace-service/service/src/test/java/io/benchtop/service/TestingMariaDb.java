package io.benchtop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A MariaDB server of our own in a temporary folder, from the programs of Debian's package {@code mariadb-server}. It listens on a
 * free port of this machine only and ends with the JVM; root runs it as the user {@code nobody}.
 */
public final class TestingMariaDb {

    public static final String USER = "reader";
    public static final String PASSWORD = "the reader's password";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Process process;
    private final int port;

    private TestingMariaDb(Process process, int port) {
        this.process = process;
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

    private static TestingMariaDb start() throws IOException {
        Path folder = Files.createTempDirectory("benchtop-mariadb");
        List<String> user = unprivileged(folder);
        Path data = folder.resolve("data");
        List<String> install = new ArrayList<>(user);
        install.addAll(List.of(
                program("mariadb-install-db").orElseThrow().toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        run(install);
        int port = freePort();
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(
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
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder)));
        TestingMariaDb server = new TestingMariaDb(process, port);
        server.awaitConnections(folder);
        server.execute("", "create user '" + USER + "'@'%' identified by '" + PASSWORD.replace("'", "''") + "'");
        return server;
    }

    private void awaitConnections(Path folder) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Connection connection = DriverManager.getConnection(url(port, ""), "root", "")) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                pause();
            }
        }
        throw new IOException("MariaDB did not start: " + Files.readString(folder.resolve("log")));
    }

    private static void stop(Process process, Path folder) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException e) {
            // A temporary folder stays; nothing depends on it.
        }
    }

    private static List<String> unprivileged(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        return List.of("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups");
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/bin"))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Server {

        static final TestingMariaDb STARTED = begin();

        private static TestingMariaDb begin() {
            try {
                return start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
