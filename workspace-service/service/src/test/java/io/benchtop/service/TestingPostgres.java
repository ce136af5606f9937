package io.benchtop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
        run(List.of(), "kill", signal, Long.toString(process.pid()));
        for (ProcessHandle child : process.descendants().toList()) {
            try {
                run(List.of(), "kill", signal, Long.toString(child.pid()));
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
        Path folder = Files.createTempDirectory("benchtop-postgres");
        List<String> user = unprivileged(folder);
        Path data = folder.resolve("data");
        run(
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
        int port = freePort();
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(
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
                "max_connections=200"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder)));
        TestingPostgres postgres = new TestingPostgres(process, port);
        postgres.awaitConnections(folder);
        return postgres;
    }

    private void awaitConnections(Path folder) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "")) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                pause();
            }
        }
        throw new IOException("PostgreSQL did not start: " + Files.readString(folder.resolve("log")));
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
        UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
        String name = Stream.of("postgres", "nobody")
                .filter(candidate -> exists(users, candidate))
                .findFirst()
                .orElseThrow(() -> new IOException("root cannot run PostgreSQL and there is no user nobody"));
        Files.setOwner(folder, users.lookupPrincipalByName(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return List.of("setpriv", "--reuid", name, "--regid", "nogroup", "--clear-groups");
    }

    private static boolean exists(UserPrincipalLookupService users, String name) {
        try {
            users.lookupPrincipalByName(name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(List<String> user, String... command) throws IOException {
        List<String> all = new ArrayList<>(user);
        all.addAll(Arrays.asList(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command[0] + " failed: " + output);
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
}
