package io.benchtop.cli.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one child process is started.
 *
 * @param name what people call it
 * @param command the program and its arguments
 * @param environment what it gets beside the supervisor's own environment, which is stripped of {@code BENCHTOP_*}
 * @param log where its output is appended to
 */
record LaunchLine(String name, List<String> command, Map<String, String> environment, Path log) {

    LaunchLine {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    LaunchLine withCommand(List<String> other) {
        return new LaunchLine(name, other, environment, log);
    }
}
