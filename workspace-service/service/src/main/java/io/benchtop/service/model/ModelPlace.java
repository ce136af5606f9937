package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

/** Where the files of a version lie in the store. */
public record ModelPlace(ModelName model, SemanticVersion version) {

    public ModelPlace {
        requireNonNull(model, "model is null");
        requireNonNull(version, "version is null");
    }

    /** Names separated by a slash, both of which can be folders. */
    public String path() {
        return model.key() + "/" + version;
    }
}
