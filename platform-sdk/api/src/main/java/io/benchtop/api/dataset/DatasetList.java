package io.benchtop.api.dataset;

import java.util.List;

/**
 * {@code GET /api/v1/datasets}.
 *
 * @param datasets those that the caller may read, by name
 */
public record DatasetList(List<DatasetSummary> datasets) {

    public DatasetList {
        datasets = datasets == null ? List.of() : List.copyOf(datasets);
    }
}
