package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

/**
 * How much of a file has arrived.
 *
 * @param path below the version, with slashes
 * @param size bytes
 */
public record ModelFileProgress(String path, long size) {

    public ModelFileProgress {
        requireNonNull(path, "path is null");
    }
}
