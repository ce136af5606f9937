package io.benchtop.service.spawn.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A prepared environment in miniature: the machine's own Python, the real shim, and a stand-in for JupyterLab that answers
 * at once. So the whole way from order to ready server is tested without the 250 MB of the real one.
 */
public final class FakeEnvironment {

    private FakeEnvironment() {}

    /** Prepares it below a data folder. */
    public static void prepare(Path data) {
        try {
            Path environment = data.resolve("environments").resolve("fake");
            Path kernel = Files.createDirectories(environment.resolve("share/jupyter/kernels/python3"));
            Files.writeString(kernel.resolve("kernel.json"), "{\"argv\":[\"python\"],\"display_name\":\"Python\"}");
            Files.createDirectories(environment.resolve("bin"));
            Files.createSymbolicLink(environment.resolve("bin/python"), python());
            Files.writeString(
                    Files.createDirectories(environment.resolve("demos")).resolve("README.md"), "demos\n");
            Path python = repository().resolve("platform-sdk/python");
            Path library = environment.resolve("lib-benchtop");
            copy(python.resolve("lib"), library);
            copy(python.resolve("src/benchtop_local"), library.resolve("benchtop_local"));
            copy(Path.of("src/test/resources/fake-environment/py"), library.resolve("py"));
            Files.writeString(
                    data.resolve("environments/current.json"),
                    "{\"path\":\"%s\",\"python\":\"%s\",\"lockHash\":\"0\",\"java\":\"%s\"}"
                            .formatted(
                                    environment, environment.resolve("bin/python"), System.getProperty("java.home")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path repository() {
        return Path.of("../..").toAbsolutePath().normalize();
    }

    /** Not what PATH finds first: that may be a script that adds to the environment. */
    private static Path python() throws IOException {
        try {
            Process process = new ProcessBuilder(
                            "python3", "-c", "import os, sys; print(os.path.realpath(sys.executable), end='')")
                    .start();
            return Path.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("these tests need python3 (Debian: apt install python3)", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("__pycache__"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
