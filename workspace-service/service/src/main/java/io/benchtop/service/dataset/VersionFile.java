package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A file of a version, in the one state that belongs to it.
 *
 * @param size in bytes
 * @param sha256 of its content, in hexadecimal digits; null of a file outside
 * @param state what the source said of its content: an entity tag or the like; null of a file that Benchtop keeps
 * @param rows how many; null where there are none
 */
public record VersionFile(
        FilePath path,
        long size,
        @Nullable String sha256,
        @Nullable String state,
        @Nullable Long rows) {

    public VersionFile {
        requireNonNull(path, "path is null");
        if ((sha256 == null) == (state == null)) {
            throw new IllegalArgumentException("a file has a hash or a state");
        }
    }

    String fingerprint() {
        return sha256 == null ? String.valueOf(state) : sha256;
    }
}
