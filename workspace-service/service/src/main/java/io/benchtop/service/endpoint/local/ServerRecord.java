package io.benchtop.service.endpoint.local;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that was started last in a folder: {@code server.json}, which {@code benchtop down} reads too. The number alone would be
 * that of another process one day, so when it began is part of it.
 *
 * @param shimPid number of the process
 * @param startTicks when it began, as {@code /proc/<pid>/stat} tells; milliseconds where there is none
 */
record ServerRecord(long shimPid, long startTicks) {

    private static final String FILE = "server.json";
    private static final int FIELDS_BEFORE_START_AFTER_NAME = 19;

    static ServerRecord of(ProcessHandle process) {
        return new ServerRecord(process.pid(), startTicks(process).orElse(0L));
    }

    void write(Path folder) throws IOException {
        Path part = folder.resolve(FILE + ".part");
        Files.writeString(part, new Gson().toJson(this));
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The process of the folder as long as it runs. */
    static Optional<ProcessHandle> running(Path folder) {
        try {
            ServerRecord record = new Gson().fromJson(Files.readString(folder.resolve(FILE)), ServerRecord.class);
            return record == null ? Optional.empty() : record.process();
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(shimPid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        startTicks(process).filter(ticks -> ticks == startTicks).isPresent());
    }

    /** Empty for a process that has ended, also where nobody has asked how yet. */
    private static Optional<Long> startTicks(ProcessHandle process) {
        try {
            String line = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may hold anything, parentheses too.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return "Z".equals(fields[0])
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(fields[FIELDS_BEFORE_START_AFTER_NAME]));
        } catch (IOException e) {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? Optional.empty()
                    : process.info().startInstant().map(Instant::toEpochMilli);
        }
    }
}
