import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * WebSockets through a proxy: {@code talk} sends 256 bytes on each and again as soon as they are back; {@code hold} sends
 * once on each, says {@code open} and keeps them open until its standard input ends.
 *
 * <p>Arguments: talk or hold, port, cookie, number of sockets, seconds.
 */
final class Sockets {

    private static final int PAYLOAD = 256;
    private static final int ANSWER = 4 + PAYLOAD;
    private static final ByteBuffer FRAME = frame();

    private final List<Conversation> conversations = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private long[] nanos = new long[1 << 16];
    private int answers;
    private int failures;

    public static void main(String[] arguments) throws Exception {
        var sockets = new Sockets();
        int port = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[4]);
        Bounds.within(Duration.ofSeconds(seconds + 30L));
        for (int number = 0; number < Integer.parseInt(arguments[3]); number++) {
            sockets.conversations.add(new Conversation(open(port, arguments[2])));
        }
        if (arguments[0].equals("talk")) {
            sockets.talk(Duration.ofSeconds(seconds));
        } else {
            sockets.exchangeOnce();
            System.out.println("open");
            Bounds.untilStandardInputEnds();
        }
    }

    private static final class Conversation {

        final SocketChannel channel;
        long sentAt;
        int received;

        Conversation(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            sentAt = System.nanoTime();
            received = 0;
            channel.write(FRAME.duplicate());
        }
    }

    private void talk(Duration duration) throws IOException {
        try (Selector selector = Selector.open()) {
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            for (Conversation conversation : conversations) {
                conversation.channel.configureBlocking(false);
                conversation.channel.register(selector, SelectionKey.OP_READ, conversation);
                conversation.send();
            }
            while (System.nanoTime() < end) {
                selector.select(key -> read((Conversation) key.attachment()), 100);
            }
            print((System.nanoTime() - start) / 1e9);
        }
    }

    private void read(Conversation conversation) {
        try {
            in.clear();
            int read = conversation.channel.read(in);
            if (read < 0) {
                throw new IOException("closed");
            }
            conversation.received += read;
            if (conversation.received == ANSWER) {
                note(System.nanoTime() - conversation.sentAt);
                conversation.send();
            }
        } catch (IOException e) {
            failures++;
            close(conversation.channel);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Counted already.
        }
    }

    private void note(long nano) {
        if (answers == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * answers);
        }
        nanos[answers++] = nano;
    }

    private void print(double seconds) {
        long[] sorted = Arrays.copyOf(nanos, answers);
        Arrays.sort(sorted);
        System.out.printf(
                "{\"operations\":%d,\"seconds\":%.3f,\"p50\":%.3f,\"p99\":%.3f,\"failures\":%d}%n",
                answers, seconds, sorted[answers / 2] / 1e6, sorted[answers * 99 / 100] / 1e6, failures);
    }

    private void exchangeOnce() throws IOException {
        for (Conversation conversation : conversations) {
            conversation.send();
            var answer = ByteBuffer.allocate(ANSWER);
            while (answer.hasRemaining()) {
                if (conversation.channel.read(answer) < 0) {
                    throw new IOException("The proxy closed a WebSocket that was to stay open.");
                }
            }
        }
    }

    private static SocketChannel open(int port, String cookie) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String request = "GET /user/bench/sockets/api/kernels/1/channels HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nOrigin: http://127.0.0.1:" + port + "\r\nCookie: " + cookie + "\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        var head = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("The proxy closed a WebSocket before it was open; it had answered: " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("The proxy did not open a WebSocket; it answered: " + head);
        }
        return channel;
    }

    /** A binary frame with a mask, as a browser sends it. */
    private static ByteBuffer frame() {
        var frame = ByteBuffer.allocateDirect(8 + PAYLOAD);
        frame.put((byte) 0x82).put((byte) (0x80 | 126)).putShort((short) PAYLOAD).putInt(0x5A3C96E1);
        while (frame.hasRemaining()) {
            frame.put((byte) frame.position());
        }
        return frame.flip();
    }
}
