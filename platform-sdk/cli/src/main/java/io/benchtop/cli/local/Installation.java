package io.benchtop.cli.local;

import io.benchtop.cli.support.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The built clone of the repository that {@code ./benchtop} runs from.
 *
 * @param root the clone
 * @param jdk home of the JDK that runs this program and will run the others
 * @param python an interpreter that {@code ./benchtop} found to be new enough
 */
record Installation(Path root, Path jdk, String python) {

    static Installation of(Map<String, String> environment) {
        var root = environment.get("BENCHTOP_HOME");
        if (root == null) {
            throw new CommandFailure(
                    "`benchtop up` runs from a clone of the repository: start it with ./benchtop up there.");
        }
        return new Installation(
                Path.of(root),
                Path.of(System.getProperty("java.home")),
                environment.getOrDefault("BENCHTOP_PYTHON", "python3"));
    }

    String java() {
        return jdk.resolve("bin/java").toString();
    }

    Path prepareScript() {
        return root.resolve("kernel-images/local/prepare.py");
    }

    List<Path> serviceJars() {
        return jars(root.resolve("workspace-service/service/target"), "benchtop-service.jar");
    }

    List<Path> proxyJars() {
        return jars(root.resolve("proxy/target"), "benchtop-proxy.jar");
    }

    List<Path> sdkJars() {
        return jars(root.resolve("platform-sdk/java/target"), "benchtop-sdk.jar");
    }

    List<Path> commandJars() {
        return jars(root.resolve("platform-sdk/cli/target"), "benchtop-cli.jar");
    }

    /** The module's jar, then its libraries by name: an archive of loaded classes is only used with the very same class path. */
    private static List<Path> jars(Path target, String jar) {
        var found = new ArrayList<>(List.of(target.resolve(jar)));
        try (var libraries = Files.list(target.resolve("lib"))) {
            libraries.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(found::add);
        } catch (IOException e) {
            throw new CommandFailure("Benchtop is not built completely: " + target.resolve("lib")
                    + " is missing. Remove target/benchtop.built in the clone and start again.");
        }
        return found;
    }
}
