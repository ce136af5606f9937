package io.benchtop.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose every byte is written by the test: it hands each accepted connection to the test and counts them. */
public final class ScriptedUpstream implements AutoCloseable {

    private final ServerSocket listener;
    private final LinkedBlockingQueue<Wire> accepted = new LinkedBlockingQueue<>();
    private final List<Wire> all = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();

    public ScriptedUpstream() {
        try {
            listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("upstream-accept").start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                Wire wire = new Wire(socket);
                all.add(wire);
                if (listener.isClosed()) {
                    // Closing does not call back an accept that has just succeeded.
                    wire.close();
                    return;
                }
                accepted.add(wire);
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next connection that the proxy opens. */
    public Wire next() {
        try {
            Wire wire = accepted.poll(Wire.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (wire == null) {
                throw new AssertionError("the proxy opened no connection");
            }
            return wire;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Connections that were opened and not yet taken by {@link #next}. */
    public int untaken() {
        return accepted.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
            all.forEach(Wire::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
