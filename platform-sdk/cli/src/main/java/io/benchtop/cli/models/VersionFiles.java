package io.benchtop.cli.models;

import io.benchtop.api.model.ModelFile;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The bytes of one version. A file that comes is whole and has the digest that it was published with, or it is not there; one that goes
 * is sent in pieces, so that none needs long.
 *
 * @param path of the version
 */
record VersionFiles(RestClient rest, String path) {

    private static final int PIECE = 16 * 1024 * 1024;
    private static final String BYTES = "application/octet-stream";
    private static final String PROBLEM = ", application/problem+json";

    Path download(ModelFile file, Path folder) {
        var target = folder.resolve(file.path()).normalize();
        if (!target.startsWith(folder.normalize()) || file.path().startsWith("/")) {
            throw new CommandFailure("'" + file.path() + "' in Benchtop's answer is no path of a model's file.");
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            var part = Files.createTempFile(target.toAbsolutePath().getParent(), ".", ".part");
            try {
                var digest = fetch(file, part);
                if (!digest.equals(file.sha256())) {
                    throw new CommandFailure(
                            file.path() + " arrived with another content than was published: its SHA-256 is " + digest
                                    + " and should be " + file.sha256() + ". Try again.");
                }
                return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(target + " did not arrive or cannot be written: " + e.getMessage(), e);
        }
    }

    private String fetch(ModelFile file, Path part) throws IOException {
        var answer = exchange("GET", file.path(), Map.of("Accept", BYTES + PROBLEM), BodyPublishers::noBody);
        if (answer.statusCode() >= 300) {
            throw rest.refusal(answer, file.path());
        }
        try (var body = answer.body()) {
            Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
        }
        return FileDigest.of(part);
    }

    void upload(String name, Path file) {
        try (var content = Files.newInputStream(file)) {
            long sent = 0;
            for (byte[] piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
                put(name, sent, piece);
                sent += piece.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void put(String name, long offset, byte[] piece) throws IOException {
        var headers = Map.of(
                "Accept", "application/json" + PROBLEM, "Content-Type", BYTES, "Upload-Offset", Long.toString(offset));
        var answer = exchange("PUT", name, headers, () -> BodyPublishers.ofByteArray(piece));
        if (answer.statusCode() >= 300) {
            throw rest.refusal(answer, name);
        }
        answer.body().close();
    }

    private HttpResponse<InputStream> exchange(
            String method, String file, Map<String, String> headers, Supplier<BodyPublisher> body) {
        try {
            return rest.exchange(method, path + "/files/" + encoded(file), headers, body);
        } catch (IOException e) {
            throw rest.unreachable(e);
        }
    }

    private static String encoded(String file) {
        return Arrays.stream(file.split("/")).map(PathSegment::of).collect(Collectors.joining("/"));
    }
}
