package io.benchtop.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A model-server that answers every request with its version, in one piece, until it is killed. */
public final class ModelStandIn implements AutoCloseable {

    private final String version;
    private final ServerSocket listener;
    private final List<Wire> open = new CopyOnWriteArrayList<>();
    public final List<String> seen = new CopyOnWriteArrayList<>();
    public final AtomicInteger answered = new AtomicInteger();
    public volatile boolean saysVersion = true;
    public volatile boolean remembers;
    public volatile boolean endsByEveryCall;
    public volatile long delayMillis;

    public ModelStandIn(String version) {
        this(version, 0);
    }

    /** At a port that is free again. */
    public ModelStandIn(String version, int port) {
        this.version = version;
        try {
            listener = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("model-accept").start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Wire wire = new Wire(socket);
                open.add(wire);
                Thread.ofVirtual().start(() -> serve(wire));
                if (listener.isClosed()) {
                    wire.close();
                }
            }
        } catch (IOException e) {
            // Killed.
        }
    }

    private void serve(Wire wire) {
        try {
            while (true) {
                String request = wire.message();
                if (remembers) {
                    seen.add(request);
                }
                if (endsByEveryCall) {
                    kill();
                    return;
                }
                Thread.sleep(delayMillis);
                String body = "{\"model_version\":\"" + version + "\"}";
                wire.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n" + (saysVersion ? "X-Model-Version: " + version + "\r\n" : "") + "\r\n" + body);
                answered.incrementAndGet();
            }
        } catch (UncheckedIOException | InterruptedException e) {
            wire.close();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Resets everything, as when the process is killed. */
    public void kill() {
        try {
            listener.close();
            open.stream().filter(wire -> !wire.socket.isClosed()).forEach(Wire::reset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
