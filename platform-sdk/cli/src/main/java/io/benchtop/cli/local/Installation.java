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
        return jars("service");
    }

    List<Path> proxyJars() {
        return jars("proxy");
    }

    /** Its libraries lie in the folder {@code lib} beside it. */
    Path modelServerJar() {
        return jars("model-server").getFirst();
    }

    List<Path> sdkJars() {
        return jars("sdk");
    }

    List<Path> commandJars() {
        return jars("cli");
    }

    /** The program's jar, then its libraries by name: an archive of loaded classes is only used with the very same class path. */
    private List<Path> jars(String program) {
        var folder = root.resolve("target/run").resolve(program);
        var found = new ArrayList<>(List.of(folder.resolve("benchtop-" + program + ".jar")));
        try (var libraries = Files.list(folder.resolve("lib"))) {
            libraries.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(found::add);
        } catch (IOException e) {
            throw new CommandFailure("Benchtop is not built completely: " + folder
                    + " is missing. Start it with ./benchtop, which builds what is missing.");
        }
        return found;
    }
}
