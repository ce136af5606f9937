package io.benchtop.proxy.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One end of a TCP connection, read and written as bytes: what libraries would repair must stay visible. */
public final class Wire implements AutoCloseable {

    public static final int TIMEOUT_MILLIS = 10_000;

    public final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public Wire(Socket socket) {
        try {
            this.socket = socket;
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 65_536);
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Wire to(InetSocketAddress address) {
        try {
            return new Wire(new Socket(address.getAddress(), address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Wire send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    public Wire send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A head up to and including its empty line. */
    public String head() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int b = read();
            if (b < 0) {
                throw new UncheckedIOException(new EOFException("the connection ended after: " + head));
            }
            head.write(b);
            last = last << 8 | b;
        }
        return head.toString(ISO_8859_1);
    }

    /** The next byte, or -1 at the end. */
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text(int length) {
        return new String(bytes(length), ISO_8859_1);
    }

    public byte[] bytes(int length) {
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("ended after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything until the other side ends. */
    public String rest() {
        try {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole message: head and body as its framing says, as text. */
    public String message() {
        return message(false);
    }

    public String message(boolean answersHead) {
        String head = head();
        String lower = head.toLowerCase(Locale.ROOT);
        boolean bodyless = answersHead || head.startsWith("HTTP/1.1 204") || head.startsWith("HTTP/1.1 304");
        if (bodyless) {
            return head;
        }
        if (lower.contains("transfer-encoding: chunked")) {
            return head + chunks();
        }
        int at = lower.indexOf("\r\ncontent-length: ");
        if (at >= 0) {
            int end = lower.indexOf('\r', at + 2);
            return head + text(Integer.parseInt(lower.substring(at + 18, end).strip()));
        }
        return head;
    }

    private String chunks() {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = line();
            all.append(line);
            int size = Integer.parseInt(line.strip(), 16);
            if (size == 0) {
                String trailer;
                do {
                    trailer = line();
                    all.append(trailer);
                } while (!trailer.equals("\r\n"));
                return all.toString();
            }
            all.append(text(size + 2));
        }
    }

    public String line() {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
            int b = read();
            if (b < 0) {
                throw new UncheckedIOException(new EOFException("ended after: " + line));
            }
            line.append((char) b);
        }
        return line.toString();
    }

    /** Sends zeros until nothing more is taken for a second, or the limit; says how many went out. */
    public long sendUntilBlocked(long limit) throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            byte[] piece = new byte[65_536];
            try {
                while (sent.get() < limit) {
                    out.write(piece);
                    sent.addAndGet(piece.length);
                }
            } catch (IOException e) {
                // The connection was closed at the end of the test.
            }
        });
        long before = -1;
        while (sender.isAlive() && sent.get() != before) {
            before = sent.get();
            Thread.sleep(700);
        }
        return sent.get();
    }

    /** Reads and forgets that many bytes; says how many came. */
    public long skip(long count) {
        try {
            in.skipNBytes(count);
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasInput() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side has ended the connection, orderly or not; waits for it. */
    public boolean isEnded() {
        try {
            while (in.read() >= 0) {
                // Whatever still arrives does not matter.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the end is a reset rather than an orderly close. */
    public boolean isReset() {
        try {
            while (in.read() >= 0) {
                // Whatever still arrives does not matter.
            }
            return false;
        } catch (IOException e) {
            return e.getMessage() != null && e.getMessage().contains("reset");
        }
    }

    /** Drops the connection with a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void socketTimeout(int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
