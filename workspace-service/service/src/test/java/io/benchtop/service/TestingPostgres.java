package io.benchtop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own in a temporary folder, from the programs that Debian's package {@code postgresql}
 * installs. It listens on a free port of this machine only and ends with the JVM. PostgreSQL refuses to run as root, so
 * root runs it as the user {@code postgres} or {@code nobody}.
 */
final class TestingPostgres {

    static final String USER = "benchtop";

    private final Process process;
    private final int port;

    private TestingPostgres(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** {@code STOP} or {@code CONT} for all its processes; who makes them goes first, so that none is missed. */
    void signal(String name) throws IOException {
        String signal = "-" + name;
        TestingServers.run(List.of(), "kill", signal, Long.toString(process.pid()));
        for (ProcessHandle child : process.descendants().toList()) {
            try {
                TestingServers.run(List.of(), "kill", signal, Long.toString(child.pid()));
            } catch (IOException e) {
                // It has ended; those of lost connections do as soon as they can.
            }
        }
    }

    /** The folder with {@code initdb} and {@code postgres}, the newest version first. */
    static Optional<Path> programs() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(":", -1)) {
            folders.add(Path.of(folder));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    static TestingPostgres start(Path programs) throws IOException {
        return start(programs, null);
    }

    /** @param certificate to be encrypted with; null for none */
    static TestingPostgres start(Path programs, @Nullable TestingCertificate certificate) throws IOException {
        Path folder = Files.createTempDirectory("benchtop-postgres");
        List<String> user = TestingServers.unprivileged(folder, "postgres", "nobody");
        Path data = folder.resolve("data");
        TestingServers.run(
                user,
                programs.resolve("initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                USER,
                "--auth=trust",
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C");
        if (certificate != null) {
            certificate.write(data);
        }
        int port = TestingServers.freePort();
        Process process = TestingServers.start(
                folder,
                user,
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "fsync=off",
                "-c",
                "autovacuum=off",
                "-c",
                "max_connections=200",
                "-c",
                "ssl=" + (certificate == null ? "off" : "on"));
        TestingPostgres postgres = new TestingPostgres(process, port);
        TestingServers.awaitConnections(
                process,
                folder,
                Duration.ofSeconds(30),
                () -> DriverManager.getConnection(postgres.url("postgres"), USER, ""));
        return postgres;
    }
}
