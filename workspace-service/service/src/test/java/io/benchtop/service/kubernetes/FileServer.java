package io.benchtop.service.kubernetes;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stands for the service: gives the files of versions to pods of a cluster whose node is this machine. */
public final class FileServer implements AutoCloseable {

    private static final String ROOT = "/internal/model-files/";

    private final HttpServer http;
    private final String address;
    private final Map<String, Path> folders = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    public FileServer(KubernetesClient cluster) {
        try {
            http = HttpServer.create(new InetSocketAddress(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext(ROOT, this::answer);
        http.start();
        address = cluster.nodes().list().getItems().stream()
                .flatMap(node -> node.getStatus().getAddresses().stream())
                .filter(each -> each.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
    }

    public URI url() {
        return URI.create("http://" + address + ":" + http.getAddress().getPort());
    }

    /** @param version such as {@code risk/0.0.1} */
    public void give(String version, Path folder, String token) {
        folders.put(version, folder);
        tokens.put(version, token);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] parts =
                exchange.getRequestURI().getPath().substring(ROOT.length()).split("/", 3);
        String version = parts[0] + "/" + parts[1];
        Path folder = folders.get(version);
        boolean right = folder != null
                && ("Bearer " + tokens.get(version))
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = !right
                ? new byte[0]
                : parts[2].equals("manifest.json")
                        ? manifest(parts[1], folder)
                        : Files.readAllBytes(folder.resolve(parts[2].substring("files/".length())));
        exchange.sendResponseHeaders(right ? 200 : 401, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] manifest(String version, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Map<String, Object>> described = files.<Map<String, Object>>map(file -> Map.of(
                            "path",
                            file.getFileName().toString(),
                            "size",
                            bytes(file).length,
                            "sha256",
                            sha256(bytes(file))))
                    .toList();
            return new Gson()
                    .toJson(Map.of("version", version, "files", described))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
