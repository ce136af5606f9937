package io.benchtop.api.model;

import java.util.List;

/**
 * {@code GET /api/v1/models}.
 *
 * @param models by name
 */
public record ModelList(List<Model> models) {

    public ModelList {
        models = models == null ? List.of() : List.copyOf(models);
    }
}
