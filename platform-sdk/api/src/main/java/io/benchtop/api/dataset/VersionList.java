package io.benchtop.api.dataset;

import java.util.List;

/**
 * {@code GET /api/v1/datasets/{space}/{name}/versions}.
 *
 * @param versions newest first
 */
public record VersionList(List<Version> versions) {

    public VersionList {
        versions = versions == null ? List.of() : List.copyOf(versions);
    }
}
