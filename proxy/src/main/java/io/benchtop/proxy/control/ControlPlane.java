package io.benchtop.proxy.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls to workspace-service under {@code /internal}, authenticated by the shared key. Blocking, so only for threads
 * that may wait. Never follows a redirect: the key must not travel to another host. When no connection comes about it is
 * tried once more at once, because behind an address that replicas share the next one may be alive. Calls are few, and each
 * has a connection of its own: who answers may be on its way out, or not the service at all, as in a cluster that does not
 * know the address yet. Thread-safe.
 */
public final class ControlPlane {

    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int CONNECT_MILLIS = 1_000;

    private final URI base;
    private final String authorization;
    private final Duration timeout;

    public ControlPlane(URI base, String internalKey, Duration timeout) {
        this.base = base;
        this.authorization = "Internal " + internalKey;
        this.timeout = timeout;
    }

    /** The answer to one call; of one that is not a success the body is not read. */
    public record Answer(int status, String body) {}

    public Answer get(String path) throws IOException {
        return call("GET", path, null);
    }

    public Answer post(String path, String json) throws IOException {
        return call("POST", path, json);
    }

    private Answer call(String method, String path, @Nullable String json) throws IOException {
        byte @Nullable [] body = json == null ? null : json.getBytes(UTF_8);
        HttpURLConnection connection = connect(() -> open(method, path, timeout, body));
        try {
            if (body != null) {
                try (var out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            return answer(connection);
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status >= 300) {
            return new Answer(status, "");
        }
        try (InputStream in = connection.getInputStream()) {
            return new Answer(status, new String(in.readNBytes(MAX_ANSWER_BYTES), UTF_8));
        }
    }

    /**
     * Opens a stream of server-sent events.
     *
     * @param silence for how long nothing may arrive before reading fails
     */
    public EventStream watch(String path, Duration silence) throws IOException {
        HttpURLConnection connection = connect(() -> {
            HttpURLConnection stream = open("GET", path, silence, null);
            stream.setRequestProperty("Accept", "text/event-stream");
            return stream;
        });
        try {
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new IOException("the route watch was answered with status " + status);
            }
            return new EventStream(connection, connection.getInputStream());
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
    }

    private interface Opening {

        HttpURLConnection open() throws IOException;
    }

    private static HttpURLConnection connect(Opening opening) throws IOException {
        HttpURLConnection first = opening.open();
        try {
            first.connect();
            return first;
        } catch (IOException e) {
            HttpURLConnection second = opening.open();
            second.connect();
            return second;
        }
    }

    private HttpURLConnection open(String method, String path, Duration readTimeout, byte @Nullable [] body)
            throws IOException {
        var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) readTimeout.toMillis());
        connection.setRequestProperty("Authorization", authorization);
        connection.setRequestProperty("Connection", "close");
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(body.length);
        }
        return connection;
    }

    @Override
    public String toString() {
        return "ControlPlane[" + base + "]";
    }
}
