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
        module(root, "workspace-service/service", "benchtop-service.jar", "io/benchtop/service/Application.class");
        module(root, "proxy", "benchtop-proxy.jar", "io/benchtop/proxy/Main.class");
        module(root, "platform-sdk/java", "benchtop-sdk.jar", "io/benchtop/proxy/Main.class");
        module(root, "platform-sdk/cli", "benchtop-cli.jar", "io/benchtop/proxy/Main.class");
        var prepare = root.resolve("kernel-images/local/prepare.py");
        Files.createDirectories(prepare.getParent());
        Files.writeString(prepare, "print('notebooks are prepared')\n");
        return root;
    }

    private static void module(Path root, String module, String jar, String entry) throws IOException {
        var target = root.resolve(module).resolve("target");
        Files.createDirectories(target.resolve("lib"));
        try (var out = new JarOutputStream(Files.newOutputStream(target.resolve(jar)))) {
            out.putNextEntry(new JarEntry(entry));
            try (var content = FakeInstallation.class.getClassLoader().getResourceAsStream(entry)) {
                content.transferTo(out);
            }
        }
    }
}
