package io.benchtop.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the script {@code benchtop} from a folder that only looks like a clone, with only those programs on the path that it is given. */
final class StartScript {

    private static final List<String> TOOLS = List.of(
            "sh",
            "cp",
            "dirname",
            "readlink",
            "sed",
            "cut",
            "find",
            "head",
            "mkdir",
            "cat",
            "rm",
            "mv",
            "date",
            "grep",
            "sleep",
            "cksum",
            "ls");

    final Path clone;
    private final Path tools;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    StartScript(Path folder) throws IOException {
        clone = Files.createDirectories(folder.resolve("a clone"));
        tools = Files.createDirectories(folder.resolve("tools"));
        home = Files.createDirectories(folder.resolve("home"));
        Files.copy(Path.of("../../benchtop"), clone.resolve("benchtop"));
        Files.setPosixFilePermissions(clone.resolve("benchtop"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), locate(tool));
        }
        environment.put("BENCHTOP_JVM_FOLDERS", folder.resolve("jvms").toString());
    }

    private static Path locate(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + tool));
    }

    /** A folder that looks like a JDK; its java tells what it was started with. */
    Path javaHome(String name, String version, boolean compiler) throws IOException {
        var folder = Path.of(environment.get("BENCHTOP_JVM_FOLDERS")).resolve(name);
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(folder.resolve("bin/java"), "echo \"java of " + name + "\" \"$@\"");
        if (compiler) {
            program(folder.resolve("bin/javac"), "");
        }
        return folder;
    }

    /** A program on the path. */
    StartScript tool(String name, String body) throws IOException {
        program(tools.resolve(name), body);
        return this;
    }

    /** A build that leaves what the real one does. */
    StartScript maven(String version) throws IOException {
        return tool("mvn", """
                if [ "$1" = --version ]; then echo "Apache Maven VERSION (abc)"; exit; fi
                echo "$@" >> maven-calls
                [ ! -f break-build ] || { echo "[ERROR] cannot find symbol"; exit 1; }
                for jar in platform-sdk/cli:cli platform-sdk/java:sdk platform-sdk/spark:sdk-spark proxy:proxy workspace-service/service:service \\
                    workspace-service/model-server:model-server; do
                  target=${jar%:*}/target
                  mkdir -p "$target/lib"
                  : > "$target/lib/a.jar"
                  : > "$target/benchtop-${jar#*:}.jar"
                done
                """.replace("VERSION", version).replace("%%", "%"));
    }

    StartScript python(String name, String version, boolean venv) throws IOException {
        return tool(name, "case \"$*\" in *ensurepip*) exit " + (venv ? 0 : 1) + ";; esac; echo " + version);
    }

    StartScript with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Terminal.Outcome run(String... arguments) throws Exception {
        return runAs(clone.resolve("benchtop"), arguments);
    }

    Terminal.Outcome runAs(Path script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(home.toFile());
        var out = home.resolve("out");
        var err = home.resolve("err");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        var code = builder.start().waitFor();
        return new Terminal.Outcome(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    List<String> builds() throws IOException {
        var calls = clone.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
