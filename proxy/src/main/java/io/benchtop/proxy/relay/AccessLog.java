package io.benchtop.proxy.relay;

import io.prometheus.client.Counter;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One line per request, written by a thread of its own; when that falls behind, lines are dropped and counted rather
 * than requests slowed. No query is ever logged, nor the secret part of a sign-in link, nor any header.
 */
public final class AccessLog implements AutoCloseable {

    private static final int WAITING_LINES = 8192;
    private static final String SIGN_IN_LINK = "/login/link/";
    private static final int MAX_PATH = 200;

    private final InstantSource clock;
    private final PrintStream out;
    private final Counter lost;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING_LINES);
    private final Thread writer;

    public AccessLog(PrintStream out, InstantSource clock, Counter lost) {
        this.out = out;
        this.clock = clock;
        this.lost = lost;
        this.writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
    }

    /** The path as it may be logged: short, without query or one-time secret. Raw paths are plain visible ASCII. */
    static String loggable(String path) {
        String shown = path.startsWith(SIGN_IN_LINK) ? SIGN_IN_LINK + "***" : path;
        shown = shown.length() > MAX_PATH ? shown.substring(0, MAX_PATH) + "..." : shown;
        return shown.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    void log(String method, String path, int status, long millis, long bytes, String user, String requestId) {
        String line = "{\"at\":\"" + Instant.ofEpochMilli(clock.millis()) + "\",\"log\":\"access\",\"method\":\""
                + method
                + "\",\"path\":\"" + path + "\",\"status\":" + status + ",\"millis\":" + millis + ",\"bytes\":" + bytes
                + ",\"user\":\"" + user + "\",\"request\":\"" + requestId + "\"}";
        if (!lines.offer(line)) {
            lost.inc();
        }
    }

    private void write() {
        StringBuilder batch = new StringBuilder();
        try {
            while (true) {
                batch.append(lines.take()).append('\n');
                for (String line = lines.poll(); line != null && batch.length() < 65_536; line = lines.poll()) {
                    batch.append(line).append('\n');
                }
                out.print(batch);
                out.flush();
                batch.setLength(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
