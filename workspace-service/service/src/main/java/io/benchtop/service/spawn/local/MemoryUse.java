package io.benchtop.service.spawn.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much memory the processes of servers use: from the server's control group where it has one, else the sum over the
 * processes below its shim. The machine's process table is read at most every two seconds, for all servers together; where
 * there is no {@code /proc} nothing is told.
 */
final class MemoryUse {

    private static final long KEEP_NANOS = 2_000_000_000L;
    private static final long PAGE_BYTES = 4096;

    private final Path proc;
    private Map<Long, List<Entry>> children = Map.of();
    private long readAt;

    MemoryUse(Path proc) {
        this.proc = proc;
    }

    OptionalLong of(JsonObject serverRecord) {
        OptionalLong byGroup = byControlGroup(serverRecord);
        return byGroup.isPresent()
                ? byGroup
                : Shims.guardPid(serverRecord).map(this::below).orElse(OptionalLong.empty());
    }

    private static OptionalLong byControlGroup(JsonObject record) {
        JsonElement limits = record.get("limits");
        String group =
                limits != null && limits.isJsonObject() ? Json.textOrNull(limits.getAsJsonObject(), "cgroup") : null;
        if (group == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(
                    Files.readString(Path.of(group, "memory.current")).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong below(long root) {
        Map<Long, List<Entry>> table = table();
        if (table.isEmpty()) {
            return OptionalLong.empty();
        }
        long bytes = 0;
        Deque<Long> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            for (Entry entry : table.getOrDefault(waiting.pop(), List.of())) {
                bytes += entry.bytes();
                waiting.push(entry.pid());
            }
        }
        return OptionalLong.of(bytes);
    }

    private synchronized Map<Long, List<Entry>> table() {
        long now = System.nanoTime();
        if (children.isEmpty() || now - readAt > KEEP_NANOS) {
            children = read();
            readAt = now;
        }
        return children;
    }

    private Map<Long, List<Entry>> read() {
        Map<Long, List<Entry>> table = new HashMap<>();
        try (Stream<Path> entries = Files.list(proc)) {
            entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .forEach(entry -> add(table, entry));
        } catch (IOException e) {
            return Map.of();
        }
        return table;
    }

    private static void add(Map<Long, List<Entry>> table, Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name stands in brackets and may itself hold brackets: split at the last one.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long pid = Long.parseLong(process.getFileName().toString());
            table.computeIfAbsent(Long.parseLong(fields[1]), _ -> new ArrayList<>())
                    .add(new Entry(pid, Long.parseLong(fields[21]) * PAGE_BYTES));
        } catch (IOException | RuntimeException e) {
            // It ended while we read.
            return;
        }
    }

    private record Entry(long pid, long bytes) {}
}
