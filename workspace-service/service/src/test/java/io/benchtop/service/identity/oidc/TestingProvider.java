package io.benchtop.service.identity.oidc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real, certified OpenID Connect provider: the npm package {@code oidc-provider}, installed below {@code target} in the
 * versions of its lock file, with the people and clients of {@code provider.mjs}. Without Node or a registry its tests are
 * skipped with a sentence that says so, and fail where {@code CI} is {@code true}.
 */
final class TestingProvider implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "oidc-provider");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "provider.mjs");

    private final Process process;
    private final String issuer;

    private TestingProvider(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    static TestingProvider start(String callback, String afterSignOut) {
        if (programs().size() < 2) {
            giveUp("Node is not installed, so signing in at a real provider is not tested; install nodejs (18 or newer)"
                    + " and npm.");
        }
        install();
        try {
            Process process = new ProcessBuilder("node", "provider.mjs", callback, afterSignOut)
                    .directory(FOLDER.toFile())
                    .redirectError(FOLDER.resolve("provider.log").toFile())
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = output.readLine();
            if (line == null) {
                throw new IOException("it ended: " + Files.readString(FOLDER.resolve("provider.log")));
            }
            return new TestingProvider(process, line.substring("listening ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException("the provider did not start", e);
        }
    }

    String issuer() {
        return issuer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void install() {
        try {
            Files.createDirectories(FOLDER);
            boolean same = true;
            for (String name : FILES) {
                byte[] wanted = resource(name);
                Path file = FOLDER.resolve(name);
                boolean there = Files.exists(file) && Arrays.equals(Files.readAllBytes(file), wanted);
                same &= there || name.endsWith(".mjs");
                Files.write(file, wanted);
            }
            if (!same || !Files.exists(FOLDER.resolve("installed"))) {
                npm();
                Files.createFile(FOLDER.resolve("installed"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void npm() throws IOException {
        Files.deleteIfExists(FOLDER.resolve("installed"));
        Path log = FOLDER.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                giveUp("The npm package oidc-provider could not be installed, so signing in at a real provider is not"
                        + " tested; see " + log + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = TestingProvider.class.getResourceAsStream("/oidc-provider/" + name)) {
            return in.readAllBytes();
        }
    }

    private static List<String> programs() {
        return Stream.of("node", "npm")
                .filter(name -> Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .toList();
    }

    private static void giveUp(String sentence) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(sentence);
        }
        Assumptions.abort(sentence);
    }
}
