import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Changes the targets of routes by the control API: {@code see} changes one and asks through the proxy until the other
 * upstream answers, again and again; {@code churn} changes so many routes per second.
 *
 * <p>Arguments: see or churn, proxy's port, cookie, control port, control path, control authorization, target a,
 * target b, then changes (see), or changes per second and seconds (churn).
 */
final class Changes {

    private static final int ROUTES = 1000;

    private final Connection proxy;
    private final Connection control;
    private final String[] arguments;

    private Changes(String[] arguments) throws IOException {
        this.arguments = arguments;
        this.proxy = new Connection(Integer.parseInt(arguments[1]));
        this.control = new Connection(Integer.parseInt(arguments[3]));
    }

    public static void main(String[] arguments) throws Exception {
        Bounds.within(Duration.ofMinutes(1));
        var changes = new Changes(arguments);
        if (arguments[0].equals("see")) {
            changes.see(Integer.parseInt(arguments[8]));
        } else {
            changes.churn(Integer.parseInt(arguments[8]), Integer.parseInt(arguments[9]));
        }
    }

    private void see(int count) throws IOException, InterruptedException {
        long[] nanos = new long[count];
        for (int number = 0; number < count; number++) {
            String expected = "\"upstream\":\"" + (number % 2 == 0 ? "b" : "a") + "\"";
            long start = System.nanoTime();
            point(number / 2, number % 2 == 0 ? arguments[7] : arguments[6]);
            while (!ask(number / 2).contains(expected)) {
                if (System.nanoTime() - start > Duration.ofSeconds(5).toNanos()) {
                    throw new IOException("A changed route was not seen within 5 s.");
                }
            }
            nanos[number] = System.nanoTime() - start;
            Thread.sleep(2);
        }
        Arrays.sort(nanos);
        System.out.printf(
                "{\"operations\":%d,\"p50\":%.3f,\"p99\":%.3f,\"failures\":0}%n",
                count, nanos[count / 2] / 1e6, nanos[count * 99 / 100] / 1e6);
    }

    private void churn(int perSecond, int seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int total = perSecond * seconds;
        int done = 0;
        for (; done < total && System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos(); done++) {
            long ahead = start + done * 1_000_000_000L / perSecond - System.nanoTime();
            if (ahead > 0) {
                Thread.sleep(Duration.ofNanos(ahead));
            }
            point(done % ROUTES, done / ROUTES % 2 == 0 ? arguments[7] : arguments[6]);
        }
        System.out.printf(
                "{\"operations\":%d,\"seconds\":%.3f,\"failures\":0}%n", done, (System.nanoTime() - start) / 1e9);
    }

    private void point(int route, String target) throws IOException {
        String body = "{\"target\":\"" + target + "\"}";
        control.exchange("POST " + arguments[4] + "/user/bench/w" + route + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: " + arguments[5] + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    private String ask(int route) throws IOException {
        return proxy.exchange("GET /user/bench/w" + route + "/api/status HTTP/1.1\r\nHost: 127.0.0.1:" + arguments[1]
                + "\r\nCookie: " + arguments[2] + "\r\n\r\n");
    }

    /** One kept connection; answers must be 2xx and have a length or no body. */
    private static final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(16 * 1024);

        Connection(int port) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.socket().setTcpNoDelay(true);
        }

        String exchange(String request) throws IOException {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            in.clear();
            while (channel.read(in) >= 0) {
                String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
                if (complete(text)) {
                    if (!text.startsWith("HTTP/1.1 2")) {
                        throw new IOException("Answered " + text.lines().findFirst().orElse(""));
                    }
                    return text;
                }
            }
            throw new IOException("The connection was closed instead of an answer.");
        }

        private static boolean complete(String text) {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            String head = text.substring(0, end).toLowerCase();
            if (head.contains("transfer-encoding: chunked")) {
                return text.endsWith("0\r\n\r\n");
            }
            int length = head.indexOf("content-length: ");
            return length < 0
                    || text.length() - end - 4
                            >= Integer.parseInt(head.substring(length + 16).lines().findFirst().orElse("0").strip());
        }
    }
}
