package io.benchtop.modelserver.fetch;

import io.benchtop.modelserver.codec.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Brings a version's files into a folder: the manifest names them with size and hash, each is written beside its place,
 * verified and renamed, and the manifest comes last. What is there already is not fetched again. A server that is away
 * or busy is asked again, slower each time; one that refuses is not.
 */
public final class ModelFetch {

    private static final int MOST_MANIFEST = 16 << 20;
    private static final String MANIFEST = "manifest.json";

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI from;
    private final String token;
    private final Path folder;
    private final Backoff backoff;
    private final Duration patience;

    /** @param patience how long an answer may stand still; then it is asked for again */
    public ModelFetch(URI from, String token, Path folder, Backoff backoff, Duration patience) {
        this.patience = patience;
        this.from = from;
        this.token = token;
        this.folder = folder;
        this.backoff = backoff;
    }

    /** Returns how many files were fetched. */
    public int run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        byte[] text = backoff.call(this::manifest);
        Manifest manifest = Manifest.of(JsonTree.object(text));
        int fetched = 0;
        for (Manifest.Entry entry : manifest.files()) {
            Path file = entry.in(folder);
            if (!entry.isAt(file)) {
                backoff.call(() -> fetch(entry, file));
                fetched++;
            }
        }
        Path next = folder.resolve("." + MANIFEST + ".part");
        Files.write(next, text);
        Files.move(next, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return fetched;
    }

    private byte[] manifest() throws IOException, InterruptedException {
        try (InputStream body = get(MANIFEST)) {
            byte[] text = body.readNBytes(MOST_MANIFEST + 1);
            if (text.length > MOST_MANIFEST) {
                throw new RefusedException("the manifest is larger than " + MOST_MANIFEST + " bytes");
            }
            return text;
        }
    }

    private boolean fetch(Manifest.Entry entry, Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try (InputStream body = get("files/" + encoded(entry.path()))) {
            entry.copy(body, part);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private InputStream get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(from.toString().replaceAll("/+$", "") + "/" + path);
        HttpResponse<InputStream> response = client.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofMinutes(5))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        int status = response.statusCode();
        if (status == 200) {
            return new WatchedStream(response.body(), patience);
        }
        response.body().close();
        String sentence = uri + " answered with " + status;
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException(sentence);
        }
        throw new RefusedException(sentence + ": check the address and the token");
    }
}
