package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One file of a version.
 *
 * @param path below the dataset, with slashes
 * @param size bytes
 * @param sha256 of its content, in hexadecimal digits; null if the source tells an ETag only
 * @param etag what the source calls this content; null where {@code sha256} is known
 * @param rows how many; null if not counted
 */
public record VersionFile(
        String path,
        long size,
        @Nullable String sha256,
        @Nullable String etag,
        @Nullable Long rows) {

    public VersionFile {
        requireNonNull(path, "path is null");
    }
}
