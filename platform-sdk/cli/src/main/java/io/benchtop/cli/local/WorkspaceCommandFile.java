package io.benchtop.cli.local;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@code benchtop} beside the environment's {@code python}, so that the command is there in every workspace's terminal,
 * signed in by the workspace's own token. It names JDK and jars of the clone; each {@code up} writes it anew.
 */
final class WorkspaceCommandFile {

    private WorkspaceCommandFile() {}

    /** What is read of {@code current.json}. */
    private record Current(@Nullable String path) {}

    static void writeFor(Installation installation, DataFolder data) throws IOException {
        var current = read(data.currentEnvironment());
        if (current == null || current.path() == null) {
            return;
        }
        var bin = Path.of(current.path(), "bin");
        if (!Files.isDirectory(bin)) {
            return;
        }
        var next = Files.writeString(bin.resolve(".benchtop.next"), script(installation));
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, bin.resolve("benchtop"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static @Nullable Current read(Path file) throws IOException {
        try {
            return Files.exists(file) ? new Gson().fromJson(Files.readString(file), Current.class) : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    static String script(Installation installation) {
        var jars =
                installation.commandJars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var archive = installation.commandJars().getFirst().resolveSibling("benchtop-cli.aot");
        return """
                #!/bin/sh
                # Written by `benchtop up`.
                exec %s %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -Xlog:disable -Xlog:all=off \\
                  --enable-native-access=ALL-UNNAMED -cp %s io.benchtop.cli.Main "$@"
                """.formatted(quoted(installation.java()), quoted("-XX:AOTCache=" + archive), quoted(jars));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
