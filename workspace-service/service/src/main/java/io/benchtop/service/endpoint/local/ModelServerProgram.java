package io.benchtop.service.endpoint.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the model-server is started.
 *
 * @param java the java program
 * @param classPath its jars
 * @param mainClass what is run
 * @param heapMegabytes of its heap; models lie outside it
 */
public record ModelServerProgram(Path java, String classPath, String mainClass, int heapMegabytes) {

    public static final String MAIN_CLASS = "io.benchtop.modelserver.Main";

    public ModelServerProgram {
        if (heapMegabytes < 16) {
            throw new IllegalArgumentException("a model-server needs a heap of at least 16 MB, not " + heapMegabytes);
        }
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                mainClass));
        command.addAll(arguments);
        return command;
    }
}
