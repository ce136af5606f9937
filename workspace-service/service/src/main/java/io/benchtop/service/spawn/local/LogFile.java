package io.benchtop.service.spawn.local;

import io.benchtop.service.spawn.LogLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads the end of a log, however long it is, made fit to be shown. */
final class LogFile {

    private static final int MAX_BYTES = 256 * 1024;

    private LogFile() {}

    static List<String> tail(Path file, int lines) {
        List<String> all = from(file, -1).lines();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** The whole lines behind a position; -1 means the last part of the file. */
    static Piece from(Path file, long position) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long length = open.length();
            long start = position >= 0 && position <= length ? position : Math.max(0, length - MAX_BYTES);
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, length - start)];
            open.seek(start);
            open.readFully(bytes);
            int end = position < 0 ? bytes.length : lastLineEnd(bytes);
            String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
            return new Piece(start + end, text.lines().map(LogLine::shown).toList());
        } catch (IOException e) {
            return new Piece(Math.max(0, position), List.of());
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    record Piece(long end, List<String> lines) {}
}
