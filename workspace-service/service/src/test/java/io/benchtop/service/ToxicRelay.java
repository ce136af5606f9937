package io.benchtop.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server of this machine and spoils what passes, as a bad network or a broken server does. A change of what it does
 * ends the connections that there are. Each connection has two virtual threads.
 */
public final class ToxicRelay implements AutoCloseable {

    /** What becomes of connections. */
    public enum Toxic {
        /** All passes. */
        NONE,
        /** They are closed at once, as by a server that has crashed. */
        CLOSED,
        /** They are accepted, and nothing is ever said. */
        SILENT,
        /** They end in the middle of the first large answer. */
        CUT,
        /** Whatever is asked, the answer is of another protocol. */
        LIE
    }

    private static final int CUT_AFTER = 300_000;
    private static final byte[] NONSENSE = "\u0000\u00ff220 mail.example ESMTP ready\r\n\u0001\u0002\u0003"
            .repeat(20)
            .getBytes(StandardCharsets.ISO_8859_1);

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Toxic toxic = Toxic.NONE;

    public ToxicRelay(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void becomes(Toxic other) throws IOException {
        toxic = other;
        closeAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                open.add(near);
                switch (toxic) {
                    case NONE -> relay(near, Long.MAX_VALUE);
                    case CUT -> relay(near, CUT_AFTER);
                    case CLOSED -> near.close();
                    case SILENT -> {}
                    case LIE -> near.getOutputStream().write(NONSENSE);
                }
            } catch (IOException e) {
                // The connection or the relay was closed.
            }
        }
    }

    private void relay(Socket near, long most) throws IOException {
        Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
        open.add(far);
        Thread.ofVirtual().start(() -> pass(near, far, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(far, near, most));
    }

    private static void pass(Socket from, Socket to, long most) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            long passed = 0;
            for (int read = in.read(buffer); read >= 0 && passed < most; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                passed += read;
            }
        } catch (SocketException e) {
            // The other half has ended.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
    }
}
