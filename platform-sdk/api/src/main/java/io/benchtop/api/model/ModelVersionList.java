package io.benchtop.api.model;

import java.util.List;

/**
 * {@code GET /api/v1/models/{name}/versions}.
 *
 * @param versions the newest first
 */
public record ModelVersionList(List<ModelVersion> versions) {

    public ModelVersionList {
        versions = versions == null ? List.of() : List.copyOf(versions);
    }
}
