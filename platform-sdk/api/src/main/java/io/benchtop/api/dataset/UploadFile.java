package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

/**
 * How much of a file has arrived.
 *
 * @param path below the dataset, with slashes
 * @param size bytes
 */
public record UploadFile(String path, long size) {

    public UploadFile {
        requireNonNull(path, "path is null");
    }
}
