package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

/**
 * A file of a version.
 *
 * @param path below the version, with slashes
 * @param size bytes
 * @param sha256 of its content, in hexadecimal digits
 */
public record ModelFile(String path, long size, String sha256) {

    public ModelFile {
        requireNonNull(path, "path is null");
        requireNonNull(sha256, "sha256 is null");
    }
}
