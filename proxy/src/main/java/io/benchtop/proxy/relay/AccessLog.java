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
    private static final int BATCH = 65_536;

    private final InstantSource clock;
    private final PrintStream out;
    private final Counter lost;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(WAITING_LINES);
    private final Thread writer;
    private long lastMillis = -1;
    private String lastInstant = "";

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
        boolean plain = shown.indexOf('"') < 0 && shown.indexOf('\\') < 0;
        return plain ? shown : shown.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private record Line(
            long atMillis, String method, String path, int status, long millis, long bytes, String user, String id) {}

    void log(String method, String path, int status, long millis, long bytes, String user, String requestId) {
        if (!lines.offer(new Line(clock.millis(), method, path, status, millis, bytes, user, requestId))) {
            lost.inc();
        }
    }

    private void write() {
        StringBuilder batch = new StringBuilder();
        try {
            while (true) {
                append(batch, lines.take());
                for (Line line = lines.poll(); line != null && batch.length() < BATCH; line = lines.poll()) {
                    append(batch, line);
                }
                out.print(batch);
                out.flush();
                batch.setLength(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(StringBuilder batch, Line line) {
        if (line.atMillis() != lastMillis) {
            lastMillis = line.atMillis();
            lastInstant = Instant.ofEpochMilli(lastMillis).toString();
        }
        batch.append("{\"at\":\"").append(lastInstant);
        batch.append("\",\"log\":\"access\",\"method\":\"").append(line.method());
        batch.append("\",\"path\":\"").append(line.path());
        batch.append("\",\"status\":").append(line.status());
        batch.append(",\"millis\":").append(line.millis());
        batch.append(",\"bytes\":").append(line.bytes());
        batch.append(",\"user\":\"").append(line.user());
        batch.append("\",\"request\":\"").append(line.id()).append("\"}\n");
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
