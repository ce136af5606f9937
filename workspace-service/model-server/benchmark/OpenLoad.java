import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a file so many times a second, however slow the answers are, as many independent people do. Arguments: address, file,
 * requests a second, seconds. Prints how many were sent, answered and refused (429), how many went wrong, the time in
 * microseconds, and p50 and p99 of what was answered, counted from when it should have been sent. A first second is not counted.
 *
 * <p>One thread and bytes made once, because who asks shares the cores with who answers: Java's HttpClient takes more of them than
 * the server that is measured. A connection carries one request at a time; one more is opened when all are busy, up to a bound.
 */
final class OpenLoad {

    private static final int MOST_CONNECTIONS = 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final InetSocketAddress address;
    private final byte[] request;
    private final Selector selector = Selector.open();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> late = new ArrayDeque<>();
    private final long from;
    private long[] answered = new long[1 << 16];
    private int answers;
    private int refused;
    private int wrong;
    private int connections;
    private int open;

    private OpenLoad(URI target, byte[] body, long from) throws IOException {
        this.address = new InetSocketAddress(target.getHost(), target.getPort());
        this.from = from;
        byte[] head = ("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        this.request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
    }

    /** One request at a time; what comes is kept until it is a whole answer. */
    private final class Connection {

        private final SocketChannel channel = SocketChannel.open(address);
        private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
        private long due;

        private Connection() throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        private void send(long wasDue) throws IOException {
            due = wasDue;
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Whether the answer is whole. */
        private boolean read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server ended the connection");
            }
            String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(text);
            if (end < 0 || !length.find() || text.length() < end + 4 + Integer.parseInt(length.group(1))) {
                return false;
            }
            count(text.substring(9, 12), due);
            in.clear();
            return true;
        }
    }

    private void count(String status, long due) {
        open--;
        if (due - from < 0) {
            return;
        }
        switch (status) {
            case "200" -> {
                answered = answers < answered.length ? answered : Arrays.copyOf(answered, 2 * answers);
                answered[answers++] = System.nanoTime() - due;
            }
            case "429" -> refused++;
            default -> wrong++;
        }
    }

    private void send(long due) throws IOException {
        open++;
        Connection free = idle.poll();
        if (free == null && connections < MOST_CONNECTIONS) {
            connections++;
            free = new Connection();
        }
        if (free == null) {
            late.add(due);
        } else {
            free.send(due);
        }
    }

    /** Takes what has come, and waits for it until then, or a millisecond longer: to wait exactly is to turn in circles. */
    private void receive(long until) throws IOException {
        long nanos = until - System.nanoTime();
        if (nanos > 0) {
            selector.select(Math.max(1, nanos / 1_000_000));
        } else {
            selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.read()) {
                Long due = late.poll();
                if (due == null) {
                    idle.push(connection);
                } else {
                    connection.send(due);
                }
            }
        }
        selector.selectedKeys().clear();
    }

    public static void main(String[] arguments) throws IOException {
        double rate = Double.parseDouble(arguments[2]);
        long start = System.nanoTime();
        long from = start + 1_000_000_000L;
        long end = from + Long.parseLong(arguments[3]) * 1_000_000_000L;
        OpenLoad load = new OpenLoad(URI.create(arguments[0]), Files.readAllBytes(Path.of(arguments[1])), from);
        int sent = 0;
        for (long i = 0; ; i++) {
            long due = start + (long) (i * 1e9 / rate);
            if (due - end >= 0) {
                break;
            }
            while (due - System.nanoTime() > 0) {
                load.receive(due);
            }
            load.receive(due);
            sent += due - from >= 0 ? 1 : 0;
            load.send(due);
        }
        while (load.open > 0 && System.nanoTime() - end < 60_000_000_000L) {
            load.receive(System.nanoTime() + 1_000_000_000L);
        }
        long micros = (System.nanoTime() - from) / 1000;
        long[] times = Arrays.copyOf(load.answered, load.answers);
        Arrays.sort(times);
        System.out.printf(
                "RESULT %d %d %d %d %d %d %d%n",
                sent,
                times.length,
                load.refused,
                load.wrong + load.open,
                micros,
                times.length == 0 ? 0 : times[times.length / 2] / 1000,
                times.length == 0 ? 0 : times[(int) (times.length * 0.99)] / 1000);
    }
}
