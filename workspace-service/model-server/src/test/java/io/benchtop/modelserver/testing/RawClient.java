package io.benchtop.modelserver.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;

/** An HTTP client that decides itself which bytes leave together. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    /** Long enough for the server to have read what came before. */
    private static final long PAUSE_MILLIS = 30;

    private final Socket socket;
    private final InputStream in;

    /** One answer. */
    public record Answer(int status, String body) {}

    public RawClient(int port) throws IOException {
        this.socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** A POST as bytes. */
    public static byte[] post(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: model\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, request, head.length, bytes.length);
        return request;
    }

    /** Sends the bytes in pieces that end before the given positions, with a pause between. */
    public void send(byte[] bytes, int... ends) throws IOException, InterruptedException {
        int from = 0;
        for (int end : ends) {
            socket.getOutputStream().write(bytes, from, end - from);
            Thread.sleep(PAUSE_MILLIS);
            from = end;
        }
        socket.getOutputStream().write(bytes, from, bytes.length - from);
    }

    public Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return new Answer(status, new String(in.readNBytes(length), UTF_8));
    }

    /** Waits for the server to end the connection, or to say something more. */
    public boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
