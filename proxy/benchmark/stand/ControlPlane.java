import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for workspace-service: the route table, its watch, one key and one signed-in user. Routes are changed by
 * {@code POST /bench/routes<prefix>} with {@code {"target":…}}, the call configurable-http-proxy has, so that one driver
 * changes both.
 *
 * <p>Arguments: port, key file, session cookie's name, file of the routes as lines of prefix=target.
 */
final class ControlPlane {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<BlockingQueue<String>> watchers = new CopyOnWriteArrayList<>();
    private final String authorization;
    private final KeyPair keys;

    private ControlPlane(String internalKey, KeyPair keys) {
        this.authorization = "Internal " + internalKey;
        this.keys = keys;
    }

    private record Route(String prefix, String target, long generation) {

        String json() {
            String id = "ws_" + Integer.toHexString(prefix.hashCode());
            String identityKey = BASE64.encodeToString(Arrays.copyOf(prefix.getBytes(StandardCharsets.UTF_8), 32));
            return """
                    {"prefix":"%s","workspaceId":"%s","owner":"bench","state":"RUNNING","target":"%s",\
                    "audience":"workspace:%s","identityKey":"%s","startPath":"/workspaces/spawn%s","generation":%d}"""
                    .formatted(prefix, id, target, id, identityKey, prefix, generation);
        }
    }

    public static void main(String[] arguments) throws Exception {
        String internalKey = Files.readString(Path.of(arguments[1])).strip();
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var plane = new ControlPlane(internalKey, keys);
        for (String line : Files.readAllLines(Path.of(arguments[3]))) {
            plane.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        plane.serve(Integer.parseInt(arguments[0]));
        System.out.println(arguments[2] + "=" + plane.session());
        Bounds.untilStandardInputEnds();
    }

    private void serve(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/", this::internal);
        server.createContext("/internal/routes/watch", this::watch);
        server.createContext("/bench/routes/", this::change);
        server.start();
    }

    private void internal(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "");
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/internal/routes" -> answer(exchange, 200, table());
            case "/internal/ready" -> answer(exchange, 200, "{}");
            case "/internal/activity" -> answer(exchange, 204, "");
            default -> answer(exchange, 503, "");
        }
    }

    private synchronized String table() {
        String all = String.join(",", routes.values().stream().map(Route::json).toList());
        return """
                {"revision":"%d","jwks":{"keys":[{"kty":"OKP","crv":"Ed25519","x":"%s","kid":"bench","use":"sig",\
                "alg":"EdDSA"}]},"routes":[%s],"revokedSessions":[]}"""
                .formatted(events.size(), publicKey(), all);
    }

    private void change(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = body.substring(body.indexOf("http"), body.lastIndexOf('"'));
        put(exchange.getRequestURI().getPath().substring("/bench/routes".length()) + "/", target);
        answer(exchange, 201, "");
    }

    private synchronized void put(String prefix, String target) {
        Route before = routes.get(prefix);
        var route = new Route(prefix, target, before == null ? 1 : before.generation() + 1);
        routes.put(prefix, route);
        if (before != null) {
            String event = "id: %d\nevent: route\ndata: %s\n\n".formatted(events.size() + 1, route.json());
            events.add(event);
            watchers.forEach(watcher -> watcher.add(event));
        }
    }

    private void watch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> queue = subscribe(exchange.getRequestURI().getQuery());
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                String event = queue.poll(2, TimeUnit.SECONDS);
                out.write((event == null ? "event: heartbeat\ndata: {}\n\n" : event).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.remove(queue);
        }
    }

    private synchronized BlockingQueue<String> subscribe(String query) {
        int after = Integer.parseInt(query.substring(query.indexOf("after=") + "after=".length()));
        var queue = new LinkedBlockingQueue<>(events.subList(after, events.size()));
        watchers.add(queue);
        return queue;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String session() throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"bench\",\"typ\":\"session+jwt\"}";
        String claims = """
                {"iss":"benchtop","aud":"benchtop-session","sub":"bench","name":"Bench","role":"developer",\
                "sid":"bench-session","iat":%d,"exp":%d}"""
                .formatted(now, now + 3600);
        String signed = encode(header) + "." + encode(claims);
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The last 32 bytes of the encoded key are the point itself (RFC 8410). */
    private String publicKey() {
        byte[] encoded = keys.getPublic().getEncoded();
        return BASE64.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }
}
