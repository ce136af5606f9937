package io.benchtop.service.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file in memory, and the rows of one as lists. */
public record TestingFile(String name, byte[] content) implements ReadableFile {

    public static TestingFile of(String name, String text) {
        return new TestingFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static TestingFile resource(String path) {
        try (InputStream content = TestingFile.class.getResourceAsStream(path)) {
            return new TestingFile(path, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public InputStream read(long offset, long length) {
        return new ByteArrayInputStream(content, (int) offset, (int) length);
    }

    public static List<List<@Nullable Object>> all(Rows rows) throws IOException {
        try (rows) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int at = 0; at < rows.columns().size(); at++) {
                    row.add(rows.value(at));
                }
                all.add(row);
            }
            return all;
        }
    }
}
