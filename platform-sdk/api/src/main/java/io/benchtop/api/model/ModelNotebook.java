package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

/**
 * The notebook that made a model, in the state that it had.
 *
 * @param path in its workspace
 * @param sha256 of its content, in hexadecimal digits
 */
public record ModelNotebook(String path, String sha256) {

    public ModelNotebook {
        requireNonNull(path, "path is null");
        requireNonNull(sha256, "sha256 is null");
    }
}
