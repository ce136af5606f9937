package io.benchtop.sdk.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that are sent, perhaps more than once, and never all in memory where they are a file's. */
interface Content {

    /** Opens it to be read from its beginning. */
    InputStream open() throws IOException;

    /** Sends it from its beginning. */
    BodyPublisher publisher() throws IOException;

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public BodyPublisher publisher() {
                return BodyPublishers.ofByteArray(bytes);
            }
        };
    }

    static Content of(Path file) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public BodyPublisher publisher() throws IOException {
                return BodyPublishers.ofFile(file);
            }

            @Override
            public String toString() {
                return file.toString();
            }
        };
    }

    /** Its size and hash, as it is at this moment. */
    default Digest digest() {
        try (var in = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            var size = in.transferTo(OutputStream.nullOutputStream());
            return new Digest(
                    size, HexFormat.of().formatHex(in.getMessageDigest().digest()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + this, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * @param size in bytes
     * @param sha256 in hexadecimal digits
     */
    record Digest(long size, String sha256) {}
}
