package io.benchtop.proxy.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Server-sent events of one connection, read one by one. */
public final class EventStream implements AutoCloseable {

    private final HttpURLConnection connection;
    private final BufferedReader lines;

    EventStream(HttpURLConnection connection, InputStream in) {
        this.connection = connection;
        this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    }

    /** One event; the id is empty when the sender gave none. */
    public record Event(String type, String data, String id) {}

    /** Waits for the next event; null when the sender ended the stream. */
    public @Nullable Event next() throws IOException {
        String type = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return new Event(type, data.toString(), id);
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (name) {
                case "event" -> type = value;
                case "id" -> id = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {
                    // A comment or a field that has no meaning here.
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
