package io.benchtop.service.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A provider on loopback whose every answer a test can spoil; honest until told otherwise. It has no pages: a test takes
 * the address to which a browser would be sent, and gets the code with which it would come back.
 */
final class ScriptedProvider implements AutoCloseable {

    static final String CLIENT = "benchtop";
    static final String SECRET = "s3cret: with %, + and ä";

    private record Grant(String nonce, String challenge) {}

    /** An answer of the token endpoint. */
    record Answer(int status, String body, Map<String, String> headers) {}

    final Map<String, Object> discovery = new LinkedHashMap<>();
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    /** What the ID token says, over what it should say; a null takes the claim out. */
    final Map<String, Object> claims = new HashMap<>();

    Map<String, Object> userInfo = Map.of();
    Function<Map<String, Object>, String> tokens = this::honest;
    Answer tokenAnswer = null;
    Instant now = Instant.now();

    private final HttpServer server;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private KeyPair keys = generate();
    private String keyId = "key-1";
    private int codes;

    ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        serve("/.well-known/openid-configuration", exchange -> send(exchange, 200, discovery));
        serve("/keys", exchange -> send(exchange, 200, Map.of("keys", List.of(jwk()))));
        serve("/token", this::token);
        serve("/userinfo", exchange -> send(exchange, 200, userInfo));
        serve("/", exchange -> send(exchange, 404, Map.of()));
        server.start();
        discovery.put("issuer", issuer());
        discovery.put("authorization_endpoint", issuer() + "/authorize");
        discovery.put("token_endpoint", issuer() + "/token");
        discovery.put("jwks_uri", issuer() + "/keys");
        discovery.put("end_session_endpoint", issuer() + "/end");
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    KeyPair keys() {
        return keys;
    }

    String keyId() {
        return keyId;
    }

    void rotateKeys(String newKeyId) {
        keys = generate();
        keyId = newKeyId;
    }

    /** Somebody signs in where the browser was sent to; the code with which it comes back. */
    String authorize(URI location) {
        Map<String, String> query = form(location.getRawQuery());
        if (!"S256".equals(query.get("code_challenge_method")) || !"code".equals(query.get("response_type"))) {
            throw new IllegalArgumentException("not a request of the code flow with PKCE: " + location);
        }
        String code = "code-" + ++codes;
        grants.put(code, new Grant(query.get("nonce"), query.get("code_challenge")));
        return code;
    }

    /** Signed as it should be. */
    String honest(Map<String, Object> content) {
        return RawToken.rs256(Map.of("alg", "RS256", "kid", keyId), content, keys.getPrivate());
    }

    long requestsOf(String path) {
        return requests.stream().filter(request -> request.equals(path)).count();
    }

    static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void token(HttpExchange exchange) {
        Map<String, String> form = form(read(exchange));
        if (tokenAnswer != null) {
            tokenAnswer.headers().forEach(exchange.getResponseHeaders()::set);
            send(exchange, tokenAnswer.status(), tokenAnswer.body());
            return;
        }
        if (!isClient(exchange, form)) {
            send(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        Grant grant = grants.remove(form.getOrDefault("code", ""));
        if (grant == null || !grant.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            send(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        Map<String, Object> content = new HashMap<>(Map.of(
                "iss",
                issuer(),
                "aud",
                CLIENT,
                "sub",
                "subject-1",
                "nonce",
                grant.nonce(),
                "iat",
                now.getEpochSecond(),
                "exp",
                now.getEpochSecond() + 300));
        content.putAll(claims);
        content.values().removeIf(value -> value == null);
        send(
                exchange,
                200,
                Map.of("token_type", "Bearer", "access_token", "access", "id_token", tokens.apply(content)));
    }

    private boolean isClient(HttpExchange exchange, Map<String, String> form) {
        String basic = exchange.getRequestHeaders().getFirst("Authorization");
        String expected = Query.encode(CLIENT) + ":" + Query.encode(SECRET);
        boolean open = CLIENT.equals(form.get("client_id"));
        return switch (String.valueOf(discovery.get("token_endpoint_auth_methods_supported"))) {
            case "[none]" -> basic == null && open && !form.containsKey("client_secret");
            case "[client_secret_post]" -> basic == null && open && SECRET.equals(form.get("client_secret"));
            default ->
                ("Basic " + Base64.getEncoder().encodeToString(expected.getBytes(UTF_8))).equals(basic)
                        && !form.containsKey("client_secret");
        };
    }

    private Map<String, Object> jwk() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                keyId,
                "n",
                RawToken.base64(unsigned(key.getModulus().toByteArray())),
                "e",
                RawToken.base64(unsigned(key.getPublicExponent().toByteArray())));
    }

    private static byte[] unsigned(byte[] bytes) {
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private void serve(String path, Consumer<HttpExchange> answer) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            try (exchange) {
                answer.accept(exchange);
            }
        });
    }

    private static String read(HttpExchange exchange) {
        try {
            return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) {
        send(exchange, status, new Gson().toJson(body));
    }

    private static void send(HttpExchange exchange, int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return RawToken.base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
