package io.benchtop.service.spawn.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.benchtop.service.profile.ImageReference;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The image of {@code src/test/resources/fake-server}, which stands for the tools and for an image with Jupyter, in the
 * registry {@code TEST_REGISTRY}: tagged by what is in it, and built with buildah if it is not there.
 */
final class TestingImage {

    private static final Path FOLDER = Path.of("src/test/resources/fake-server");

    /** The one tool that is the real one. */
    private static final Path HOME_TOOL = Path.of("../../kernel-images/tools/home");

    private static final Path BUILT = Path.of("../../kernel-images/target/images.json");

    private TestingImage() {}

    /** One of our own, if {@code kernel-images/build} has pushed it. */
    static Optional<ImageReference> built(String name) {
        try (Reader images = Files.newBufferedReader(BUILT)) {
            JsonElement reference =
                    JsonParser.parseReader(images).getAsJsonObject().get(name);
            return Optional.ofNullable(reference)
                    .map(JsonElement::getAsString)
                    .filter(image -> image.startsWith(registry() + "/"))
                    .map(ImageReference::new);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImageReference inRegistry() {
        String name = registry() + "/benchtop-testing/fake-server:" + tag();
        if (!isThere(name)) {
            run(
                    "buildah",
                    "bud",
                    "--isolation=chroot",
                    "--quiet",
                    "--tag",
                    name,
                    context().toString());
            run("buildah", "push", "--quiet", "--tls-verify=false", "--format=oci", name, "docker://" + name);
        }
        return new ImageReference(name);
    }

    static String registry() {
        String registry = System.getenv("TEST_REGISTRY");
        if (registry == null) {
            throw new IllegalStateException("TEST_REGISTRY does not name the test cluster's registry");
        }
        return registry;
    }

    private static String tag() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files()) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files() {
        return List.of(FOLDER.resolve("Containerfile"), FOLDER.resolve("install"), FOLDER.resolve("server"), HOME_TOOL);
    }

    private static Path context() {
        try {
            Path context = Files.createTempDirectory("fake-server");
            for (Path file : files()) {
                Files.copy(file, context.resolve(file.getFileName()));
            }
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(String name) {
        String path = name.substring(name.indexOf('/') + 1).replace(":", "/manifests/");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + registry() + "/v2/" + path))
                    .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
