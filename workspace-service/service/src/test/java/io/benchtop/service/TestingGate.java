package io.benchtop.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A gate in front of a port of this machine: while it is shut, connections through it break and new ones are refused. */
public final class TestingGate implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean shut;

    public TestingGate(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How often somebody has connected, in vain or not. */
    public int attempts() {
        return attempts.get();
    }

    public void shut() {
        shut = true;
        sockets.forEach(TestingGate::close);
    }

    public void open() {
        shut = false;
    }

    @Override
    public void close() throws IOException {
        shut();
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket outside = listener.accept();
                attempts.incrementAndGet();
                if (shut) {
                    close(outside);
                    continue;
                }
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(outside);
                sockets.add(inside);
                Thread.startVirtualThread(() -> copy(outside, inside));
                Thread.startVirtualThread(() -> copy(inside, outside));
            } catch (IOException e) {
                // The listener is closed, or the target is not there: the next connection may fare better.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One side went away; the other follows.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed anyway.
        }
    }
}
