package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.spawn.LogLine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts what a server writes into lines for whoever takes them; neither a line nor the heap of lines grows without end. */
final class LineBuffer {

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_LINES = 2000;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();

    synchronized void write(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                end();
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
    }

    private void end() {
        if (lines.size() < MOST_LINES) {
            lines.add(LogLine.shown(line.toString(StandardCharsets.UTF_8)));
        }
        line.reset();
    }

    /** The lines since the last call. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
