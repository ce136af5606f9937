import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx cannot be for the benchmark: a WebSocket echo (one thread, small frames) and a reader of chunked uploads.
 *
 * <p>Arguments: port of the echo, port of the uploads.
 */
final class Upstream {

    private static final Pattern KEY = Pattern.compile("(?i)\r\nsec-websocket-key: *([^\r]+)\r\n");

    private Upstream() {}

    public static void main(String[] arguments) throws Exception {
        var echo = ServerSocketChannel.open();
        echo.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 4096);
        var uploads = new ServerSocket(Integer.parseInt(arguments[1]), 64, InetAddress.getByName("127.0.0.1"));
        Thread.ofPlatform().daemon().start(() -> echo(echo));
        Thread.ofPlatform().daemon().start(() -> uploads(uploads));
        System.out.println("ready");
        Bounds.untilStandardInputEnds();
    }

    private static void echo(ServerSocketChannel server) {
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select(key -> {
                    if (key.isAcceptable()) {
                        accept(server, selector);
                    } else {
                        ((Conversation) key.attachment()).read();
                    }
                });
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) {
        try {
            SocketChannel client = server.accept();
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.register(selector, SelectionKey.OP_READ, new Conversation(client));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One WebSocket: first the head of its request, then frames of at most 64 KB, each sent back without its mask. */
    private static final class Conversation {

        private final SocketChannel client;
        private final ByteBuffer in = ByteBuffer.allocate(2048);
        private boolean open;

        Conversation(SocketChannel client) {
            this.client = client;
        }

        void read() {
            try {
                if (client.read(in) < 0) {
                    client.close();
                    return;
                }
                in.flip();
                if (!open) {
                    upgrade();
                }
                while (open && frame()) {}
                in.compact();
            } catch (IOException | GeneralSecurityException e) {
                close();
            }
        }

        private void close() {
            try {
                client.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }

        private void upgrade() throws IOException, GeneralSecurityException {
            String head = new String(in.array(), 0, in.limit(), StandardCharsets.ISO_8859_1);
            int end = head.indexOf("\r\n\r\n");
            Matcher key = KEY.matcher(head);
            if (end < 0 || !key.find()) {
                return;
            }
            byte[] proof = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            send(ByteBuffer.wrap(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(proof) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            in.position(end + 4);
            open = true;
        }

        private boolean frame() throws IOException {
            int start = in.position();
            if (in.remaining() < 8) {
                return false;
            }
            int length = in.get(start + 1) & 127;
            int extended = length == 126 ? 2 : 0;
            int size = extended == 0 ? length : in.getShort(start + 2) & 0xFFFF;
            int payload = start + 2 + extended + 4;
            if (in.limit() < payload + size) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                in.put(payload + i, (byte) (in.get(payload + i) ^ in.get(payload - 4 + (i & 3))));
            }
            // The mask's four bytes become free: the shorter head of the answer goes right before the payload.
            int head = payload - 2 - extended;
            byte first = in.get(start);
            if (extended == 2) {
                in.putShort(head + 2, (short) size);
            }
            in.put(head, first).put(head + 1, (byte) length);
            send(in.slice(head, payload + size - head));
            in.position(payload + size);
            return true;
        }

        private void send(ByteBuffer bytes) throws IOException {
            client.write(bytes);
            if (bytes.hasRemaining()) {
                throw new IOException("the reader is too slow for an echo of small frames");
            }
        }
    }

    private static void uploads(ServerSocket server) {
        while (true) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> upload(client));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void upload(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream(), 256 * 1024);
            while (!line(in).isEmpty()) {
                while (!line(in).isEmpty()) {}
                long length = 0;
                for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                    in.skipNBytes(size + 2L);
                    length += size;
                }
                line(in);
                String body = "{\"length\":" + length + "}";
                client.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                        + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The proxy closed its connection.
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
