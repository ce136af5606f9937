package io.benchtop.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that is meant and no later one with the same number.
 *
 * @param pid number of the process
 * @param startTicks when it started: field 22 of {@code /proc/<pid>/stat}, or milliseconds where there is no {@code /proc}
 */
record ProcessMark(long pid, long startTicks) {

    private static final int FIELDS_BEFORE_START_AFTER_NAME = 19;

    /** Marks a process that runs now; empty when it has ended, a zombie included. */
    static Optional<ProcessMark> of(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(ProcessMark::startTicks)
                .map(ticks -> new ProcessMark(pid, ticks));
    }

    boolean isAlive() {
        return handle().isPresent();
    }

    /** The process, as long as it is still the one marked. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        startTicks(handle).filter(ticks -> ticks == startTicks).isPresent());
    }

    private static Optional<Long> startTicks(ProcessHandle handle) {
        var stat = Path.of("/proc", Long.toString(handle.pid()), "stat");
        try {
            var line = Files.readString(stat);
            // The name in parentheses may hold anything, parentheses too.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return "Z".equals(fields[0])
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(fields[FIELDS_BEFORE_START_AFTER_NAME]));
        } catch (IOException noProc) {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? Optional.empty()
                    : handle.info().startInstant().map(java.time.Instant::toEpochMilli);
        }
    }
}
