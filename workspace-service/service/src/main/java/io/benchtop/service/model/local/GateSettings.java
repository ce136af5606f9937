package io.benchtop.service.model.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.CheckLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * How models are checked by a process of this machine.
 *
 * @param java the program
 * @param classPath of the model server
 * @param mainClass of the model server
 * @param temporary below which each check has a folder of its own
 * @param limits of time, and of all memory that the process may address
 * @param heapMebibytes of Java
 */
public record GateSettings(
        Path java, List<String> classPath, String mainClass, Path temporary, CheckLimits limits, long heapMebibytes) {

    public static final String MAIN_CLASS = "io.benchtop.modelserver.Main";

    public GateSettings {
        requireNonNull(java, "java is null");
        requireNonNull(mainClass, "mainClass is null");
        requireNonNull(temporary, "temporary is null");
        classPath = List.copyOf(classPath);
        if (heapMebibytes < 16 || limits.memoryMebibytes() < heapMebibytes) {
            throw new IllegalArgumentException("a check has a heap of 16 MiB at least, and not less memory than heap");
        }
    }
}
