package io.benchtop.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** One address for several replicas, as a Service in a cluster is: each new connection goes to the replica of the moment. */
public final class ClusterAddress implements AutoCloseable {

    private final ServerSocket listener;
    private volatile int replica;

    public ClusterAddress() {
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public void leadTo(int port) {
        replica = port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket outer = listener.accept();
                daemon(() -> connect(outer));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void connect(Socket outer) {
        try (outer;
                Socket inner = new Socket(InetAddress.getLoopbackAddress(), replica)) {
            daemon(() -> pump(inner, outer));
            outer.getInputStream().transferTo(inner.getOutputStream());
        } catch (IOException e) {
            // Either end is gone, and so is the other now.
        }
    }

    /** What the replica says; its end ends the client too. */
    private static void pump(Socket inner, Socket outer) {
        try (outer) {
            inner.getInputStream().transferTo(outer.getOutputStream());
        } catch (IOException e) {
            // Either end is gone, and so is the other now.
        }
    }

    private static void daemon(Runnable task) {
        Thread.ofPlatform().daemon().name("cluster-address").start(task);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
