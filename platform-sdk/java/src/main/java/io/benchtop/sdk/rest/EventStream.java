package io.benchtop.sdk.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events, one after the other. Not thread-safe. */
public final class EventStream implements AutoCloseable {

    private final BufferedReader lines;

    EventStream(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /**
     * One event.
     *
     * @param name its kind; {@code message} if it has none
     * @param data its lines of data
     */
    public record Event(String name, String data) {}

    /** Waits for the next event; empty at the end of the stream, also if it was cut off. */
    public Optional<Event> next() {
        var name = "message";
        var data = new StringBuilder();
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    data.append(data.isEmpty() ? "" : "\n").append(withoutOneSpace(line.substring("data:".length())));
                } else if (line.isEmpty() && (!data.isEmpty() || !name.equals("message"))) {
                    return Optional.of(new Event(name, data.toString()));
                }
            }
        } catch (IOException cutOff) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String withoutOneSpace(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
