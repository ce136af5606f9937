package io.benchtop.service.model.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How models are checked by a process of this machine.
 *
 * @param java the program
 * @param classPath of the model server
 * @param mainClass of the model server
 * @param temporary below which each check has a folder of its own
 * @param patience after which a check is ended
 * @param heapMebibytes of Java
 * @param memoryMebibytes of all that the process may address
 */
public record GateSettings(
        Path java,
        List<String> classPath,
        String mainClass,
        Path temporary,
        Duration patience,
        long heapMebibytes,
        long memoryMebibytes) {

    public static final String MAIN_CLASS = "io.benchtop.modelserver.Main";

    public GateSettings {
        requireNonNull(java, "java is null");
        requireNonNull(mainClass, "mainClass is null");
        requireNonNull(temporary, "temporary is null");
        classPath = List.copyOf(classPath);
        if (patience.toSeconds() < 1 || heapMebibytes < 16 || memoryMebibytes < heapMebibytes) {
            throw new IllegalArgumentException(
                    "a check has a second at least, a heap of 16 MiB at least, and not less memory than heap");
        }
    }
}
