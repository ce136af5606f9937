import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Large bodies through a proxy, several at once: {@code download} of a file, {@code upload} in chunks of 64 KB.
 *
 * <p>Arguments: download or upload, port, cookie, bytes of one body, number of bodies, how many at once.
 */
final class Transfers {

    private static final int CHUNK = 64 * 1024;

    private final String direction;
    private final int port;
    private final String cookie;
    private final long bytes;

    private Transfers(String direction, int port, String cookie, long bytes) {
        this.direction = direction;
        this.port = port;
        this.cookie = cookie;
        this.bytes = bytes;
    }

    public static void main(String[] arguments) throws Exception {
        Bounds.within(Duration.ofMinutes(2));
        var transfers = new Transfers(
                arguments[0], Integer.parseInt(arguments[1]), arguments[2], Long.parseLong(arguments[3]));
        int bodies = Integer.parseInt(arguments[4]);
        long start = System.nanoTime();
        int failures = 0;
        try (var threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[5]))) {
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int body = 0; body < bodies; body++) {
                Callable<Boolean> transfer = transfers::transfer;
                outcomes.add(threads.submit(transfer));
            }
            for (Future<Boolean> outcome : outcomes) {
                failures += outcome.get() ? 0 : 1;
            }
        }
        System.out.printf(
                "{\"operations\":%d,\"seconds\":%.3f,\"failures\":%d}%n",
                bodies * transfers.bytes, (System.nanoTime() - start) / 1e9, failures);
        Runtime.getRuntime().halt(0);
    }

    private boolean transfer() {
        try (var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
            return direction.equals("download") ? download(channel) : upload(channel);
        } catch (IOException e) {
            System.err.println(direction + ": " + e.getMessage());
            return false;
        }
    }

    private boolean download(SocketChannel channel) throws IOException {
        send(channel, head("GET", "/user/bench/files/large.bin", ""));
        var in = ByteBuffer.allocateDirect(4 * CHUNK);
        long missing = bytes - body(channel, in).remaining();
        while (missing > 0) {
            in.clear();
            int read = channel.read(in);
            if (read < 0) {
                throw new IOException("the answer ended " + missing + " bytes early");
            }
            missing -= read;
        }
        return missing == 0;
    }

    private boolean upload(SocketChannel channel) throws IOException {
        String origin = "Origin: http://127.0.0.1:" + port + "\r\n";
        send(channel, head("POST", "/user/bench/uploads/api/contents", origin + "Transfer-Encoding: chunked\r\n"));
        var chunk = ByteBuffer.allocateDirect(CHUNK + 16);
        chunk.put((Integer.toHexString(CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.position(chunk.position() + CHUNK).put((byte) '\r').put((byte) '\n').flip();
        for (long sent = 0; sent < bytes; sent += CHUNK) {
            send(channel, chunk.duplicate());
        }
        send(channel, ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        return body(channel, ByteBuffer.allocate(CHUNK)).hasRemaining();
    }

    private ByteBuffer head(String method, String path, String more) {
        return ByteBuffer.wrap((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nCookie: " + cookie
                        + "\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Reads until the head of a 200 is complete; what is left in the buffer is the start of its body. */
    private static ByteBuffer body(SocketChannel channel, ByteBuffer in) throws IOException {
        while (channel.read(in) >= 0) {
            String text = StandardCharsets.ISO_8859_1.decode(in.duplicate().flip()).toString();
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0 && !text.startsWith("HTTP/1.1 200")) {
                throw new IOException("answered " + text.lines().findFirst().orElse(""));
            }
            if (end >= 0) {
                return in.flip().position(end + 4);
            }
        }
        throw new IOException("the proxy closed the connection");
    }
}
