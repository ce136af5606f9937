package io.benchtop.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What starting a database of one's own takes, whichever it is: a user who is not root, a port, and leaving nothing behind. */
final class TestingServers {

    private TestingServers() {}

    interface SignIn {

        Connection now() throws SQLException;
    }

    /**
     * What a command begins with to run as somebody who is not root, who is given the folder.
     *
     * @param users the first of them that there is
     */
    static List<String> unprivileged(Path folder, String... users) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        UserPrincipalLookupService known = folder.getFileSystem().getUserPrincipalLookupService();
        String name = Stream.of(users)
                .filter(candidate -> exists(known, candidate))
                .findFirst()
                .orElseThrow(() -> new IOException("there is none of the users " + String.join(", ", users)));
        Files.setOwner(folder, known.lookupPrincipalByName(name));
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

    /** Runs a command to its end. */
    static void run(List<String> user, String... command) throws IOException {
        Process process = new ProcessBuilder(joined(user, command))
                .redirectErrorStream(true)
                .start();
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

    /** Starts a server that is ended, and its folder removed, with this JVM. */
    static Process start(Path folder, List<String> user, String... command) throws IOException {
        Process process = new ProcessBuilder(joined(user, command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, folder)));
        return process;
    }

    private static List<String> joined(List<String> user, String... command) {
        List<String> all = new ArrayList<>(user);
        all.addAll(List.of(command));
        return all;
    }

    static void awaitConnections(Process process, Path folder, Duration patience, SignIn signIn) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Connection connection = signIn.now()) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                pause();
            }
        }
        throw new IOException("the database did not start: " + Files.readString(folder.resolve("log")));
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

    static int freePort() throws IOException {
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
