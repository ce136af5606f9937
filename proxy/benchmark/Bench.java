import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the benchmark needs beside the proxies: {@code backend} is the control plane for ours plus an upstream that echoes
 * WebSockets and swallows uploads; {@code sockets} is the WebSocket client.
 */
final class Bench {

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "backend" -> backend(Integer.parseInt(args[1]), Integer.parseInt(args[2]), args[3], args[4], args[5]);
            case "sockets" -> sockets(Integer.parseInt(args[1]), args[2], Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            case "idle" -> idle(Integer.parseInt(args[1]), args[2], Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Prints the Cookie value of one session, then serves until killed. */
    private static void backend(int controlPort, int echoPort, String httpTarget, String cookie, String routes)
            throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        String x = base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        String key = base64(new byte[32]);
        String table = IntStream.rangeClosed(0, Integer.parseInt(routes))
                .mapToObj(i -> "{\"prefix\":\"/user/u/w%d/\",\"workspaceId\":\"ws_%d\",\"owner\":\"u\",\"state\":\"RUNNING\",\"target\":\"%s\",\"audience\":\"workspace:ws_%d\",\"identityKey\":\"%s\",\"startPath\":\"/s\",\"generation\":1}"
                        .formatted(i, i, i == 0 ? "http://127.0.0.1:" + echoPort : httpTarget, i, key))
                .collect(Collectors.joining(","));
        String json = "{\"revision\":\"1\",\"jwks\":{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x
                + "\",\"kid\":\"k\",\"use\":\"sig\",\"alg\":\"EdDSA\"}]},\"routes\":[" + table + "],\"revokedSessions\":[]}";
        HttpServer control = HttpServer.create(new InetSocketAddress("127.0.0.1", controlPort), 16);
        control.setExecutor(task -> Thread.ofVirtual().start(task));
        control.createContext("/internal/activity", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
        });
        control.createContext("/internal/routes", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                if (!exchange.getRequestURI().getPath().endsWith("/watch")) {
                    out.write(json.getBytes(StandardCharsets.UTF_8));
                    return;
                }
                while (true) {
                    out.write("event: heartbeat\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(2000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        control.start();
        long now = System.currentTimeMillis() / 1000;
        String signed = base64("{\"alg\":\"EdDSA\",\"kid\":\"k\",\"typ\":\"session+jwt\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(("{\"iss\":\"benchtop\",\"aud\":\"benchtop-session\",\"sub\":\"u\",\"name\":\"U\",\"role\":\"developer\",\"sid\":\"s\",\"iat\":"
                        + now + ",\"exp\":" + (now + 7200) + "}").getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        System.out.println(cookie + "=" + signed + "." + base64(signature.sign()));
        ServerSocket listener = new ServerSocket(echoPort, 4096, InetAddress.getLoopbackAddress());
        while (true) {
            Socket socket = listener.accept();
            Thread.ofVirtual().start(() -> serve(socket));
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                String head = head(in).toLowerCase();
                if (head.contains("upgrade: websocket")) {
                    out.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n".getBytes());
                    byte[] bytes = new byte[4096];
                    for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                        out.write(bytes, 0, n);
                    }
                    return;
                }
                long swallowed = 0;
                if (head.contains("transfer-encoding: chunked")) {
                    for (int size = chunk(in); size > 0; size = chunk(in)) {
                        in.skipNBytes(size + 2);
                        swallowed += size;
                    }
                    in.skipNBytes(2);
                }
                String body = "{\"swallowed\":" + swallowed + "}";
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes());
            }
        } catch (IOException e) {
            // The other side is done.
        }
    }

    private static int chunk(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("ended");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static Socket open(int port, String cookie) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(("GET /user/u/w0/ws HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://127.0.0.1:"
                + port + "\r\nCookie: " + cookie + "\r\n\r\n").getBytes());
        String head = head(socket.getInputStream());
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head);
        }
        return socket;
    }

    /** Ping-pong of one 256-byte masked frame on each connection; prints messages and p99 in microseconds. */
    private static void sockets(int port, String cookie, int connections, int seconds) throws Exception {
        byte[] frame = new byte[264];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (0x80 | 126);
        frame[2] = 1;
        AtomicLong messages = new AtomicLong();
        List<Long> times = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(connections);
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; i < connections; i++) {
            Thread.ofVirtual().start(() -> {
                List<Long> own = new ArrayList<>();
                try (Socket socket = open(port, cookie)) {
                    while (System.nanoTime() < until) {
                        long start = System.nanoTime();
                        socket.getOutputStream().write(frame);
                        socket.getInputStream().skipNBytes(frame.length);
                        own.add((System.nanoTime() - start) / 1000);
                    }
                } catch (IOException e) {
                    System.err.println(e);
                }
                messages.addAndGet(own.size());
                synchronized (times) {
                    times.addAll(own);
                }
                done.countDown();
            });
        }
        done.await();
        times.sort(null);
        System.out.println(messages.get() + " " + times.get((int) (times.size() * 0.99)));
    }

    /** Opens WebSockets and keeps them open, silent, until standard input ends. */
    private static void idle(int port, String cookie, int connections) throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(open(port, cookie));
        }
        System.out.println(open.size());
        System.in.read();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
