package io.benchtop.modelserver.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of a version. A path that could leave the folder is not accepted, whoever says it. */
record Manifest(List<Entry> files) {

    private static final int MOST_FILES = 10_000;
    private static final int BUFFER = 1 << 16;

    static Manifest of(Map<String, @Nullable Object> document) throws IOException {
        if (!(document.get("files") instanceof List<?> members) || members.size() > MOST_FILES) {
            throw new RefusedException("the manifest has no list of at most " + MOST_FILES + " files");
        }
        List<Entry> files = new ArrayList<>();
        for (Object member : members) {
            if (!(member instanceof Map<?, ?> file)
                    || !(file.get("path") instanceof String path)
                    || !(file.get("size") instanceof Long size)
                    || !(file.get("sha256") instanceof String sha256)) {
                throw new RefusedException("a file of the manifest has not path, size and sha256");
            }
            files.add(entry(path, size, sha256));
        }
        return new Manifest(files);
    }

    private static Entry entry(String path, long size, String sha256) throws RefusedException {
        try {
            return new Entry(path, size, sha256);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** One file. */
    record Entry(String path, long size, String sha256) {

        /** As the registry takes them. */
        private static final Pattern PLAIN = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]{1,255}");

        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        Entry {
            for (String segment : path.split("/", -1)) {
                if (!PLAIN.matcher(segment).matches()) {
                    throw new IllegalArgumentException("the manifest has a path that cannot be: " + path);
                }
            }
            if (size < 0 || !HASH.matcher(sha256).matches()) {
                throw new IllegalArgumentException("the manifest has no size or hash for " + path);
            }
        }

        Path in(Path folder) {
            return folder.resolve(path);
        }

        boolean isAt(Path file) throws IOException {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != size) {
                return false;
            }
            MessageDigest digest = digest();
            try (InputStream in = Files.newInputStream(file)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            return matches(digest);
        }

        /** Writes exactly the file's bytes, or fails. */
        void copy(InputStream from, Path to) throws IOException {
            MessageDigest digest = digest();
            long copied = 0;
            try (OutputStream out = Files.newOutputStream(to)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    copied += read;
                    if (copied > size) {
                        throw new IOException(path + " is larger than the " + size + " bytes of the manifest");
                    }
                    digest.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
            }
            if (copied != size || !matches(digest)) {
                throw new IOException(path + " came damaged: it has not the size or the sha256 of the manifest");
            }
        }

        private boolean matches(MessageDigest digest) {
            return HexFormat.of().formatHex(digest.digest()).equals(sha256);
        }

        private static MessageDigest digest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
