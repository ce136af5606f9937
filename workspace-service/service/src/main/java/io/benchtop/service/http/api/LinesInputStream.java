package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A long text made page by page while it is sent, so that an export of any size needs the memory of one page. */
final class LinesInputStream<T> extends InputStream {

    private final Function<T, String> line;
    private final Function<T, List<T>> pageAfter;
    private List<T> page;
    private ByteArrayInputStream current;

    LinesInputStream(String header, List<T> firstPage, Function<T, String> line, Function<T, List<T>> pageAfter) {
        this.line = requireNonNull(line, "line is null");
        this.pageAfter = requireNonNull(pageAfter, "pageAfter is null");
        this.page = firstPage;
        this.current = bytes(header + text(firstPage));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int read = current.read(buffer, offset, length);
        while (read < 0 && !page.isEmpty()) {
            page = pageAfter.apply(page.getLast());
            current = bytes(text(page));
            read = current.read(buffer, offset, length);
        }
        return read;
    }

    private String text(List<T> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(line.apply(row)));
        return text.toString();
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
