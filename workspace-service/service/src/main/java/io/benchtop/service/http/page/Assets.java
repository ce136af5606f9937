package io.benchtop.service.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The few files that pages load, read once at the start. An address carries a digest of the content, so a browser may
 * keep a file for ever and still gets the new one after an upgrade. Nothing outside this list is ever served.
 */
@Singleton
final class Assets {

    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js";
    private static final String ECHARTS = "META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
    private static final List<Asset> FILES = List.of(
            new Asset("benchtop.css", "assets/benchtop.css", "text/css;charset=utf-8"),
            new Asset("benchtop.js", "assets/benchtop.js", "text/javascript;charset=utf-8"),
            new Asset("charts.js", "assets/charts.js", "text/javascript;charset=utf-8"),
            new Asset("echarts.js", ECHARTS, "text/javascript;charset=utf-8"),
            new Asset("htmx.js", HTMX, "text/javascript;charset=utf-8"),
            new Asset("tryit.js", "assets/tryit.js", "text/javascript;charset=utf-8"),
            new Asset("upload.js", "assets/upload.js", "text/javascript;charset=utf-8"),
            new Asset("logo.svg", "assets/logo.svg", "image/svg+xml"),
            new Asset("favicon.svg", "assets/favicon.svg", "image/svg+xml"));

    private final Map<String, Content> contents = new HashMap<>();

    Assets() {
        for (Asset file : FILES) {
            byte[] bytes = read(file.resource());
            contents.put(file.name(), new Content(bytes, file.type(), digest(bytes)));
        }
    }

    /** The file of that name; null if there is none. */
    @Nullable
    Content find(String name) {
        return contents.get(name);
    }

    /** The address under which a page loads a file that certainly exists. */
    String path(String name) {
        Content content = contents.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return "/assets/" + name + "?v=" + content.digest();
    }

    /** A fingerprint of a text, for deciding whether what a browser shows is still what it would get. */
    static String digest(String text) {
        return digest(text.getBytes(UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** A file's bytes with what a browser needs to know about them. */
    static final class Content {

        private final byte[] bytes;
        private final String type;
        private final String digest;

        private Content(byte[] bytes, String type, String digest) {
            this.bytes = bytes;
            this.type = type;
            this.digest = digest;
        }

        /** Not a copy; whoever gets it only sends it. */
        byte[] bytes() {
            return bytes;
        }

        String type() {
            return type;
        }

        String digest() {
            return digest;
        }
    }
}
