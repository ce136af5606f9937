package io.benchtop.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on loopback, counts who comes and says nothing: what an attack must not reach, or a server that hangs. */
public final class Collector implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger hits = new AtomicInteger();
    private final List<Socket> held = new ArrayList<>();

    public Collector() throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::collect);
    }

    private void collect() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                hits.incrementAndGet();
                synchronized (held) {
                    held.add(socket);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public int hits() {
        return hits.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (held) {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }
}
