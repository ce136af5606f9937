package io.benchtop.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A clone that looks built, with stand-ins for service, proxy and the preparation of the notebooks. */
final class FakeInstallation {

    private FakeInstallation() {}

    static Path in(Path root) throws IOException {
        program(root, "service", "io/benchtop/service/Application.class");
        program(root, "proxy", "io/benchtop/proxy/Main.class");
        program(root, "model-server", "io/benchtop/proxy/Main.class");
        program(root, "sdk", "io/benchtop/proxy/Main.class");
        program(root, "cli", "io/benchtop/proxy/Main.class");
        var prepare = root.resolve("kernel-images/local/prepare.py");
        Files.createDirectories(prepare.getParent());
        Files.writeString(prepare, "print('notebooks are prepared')\n");
        return root;
    }

    private static void program(Path root, String name, String entry) throws IOException {
        var folder = root.resolve("target/run").resolve(name);
        Files.createDirectories(folder.resolve("lib"));
        try (var out = new JarOutputStream(Files.newOutputStream(folder.resolve("benchtop-" + name + ".jar")))) {
            out.putNextEntry(new JarEntry(entry));
            try (var content = FakeInstallation.class.getClassLoader().getResourceAsStream(entry)) {
                content.transferTo(out);
            }
        }
    }
}
