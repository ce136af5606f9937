package io.benchtop.api.dataset;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /api/v1/datasets/{space}/{name}}; what is null stays as it is.
 *
 * @param description free text
 * @param tags all of them
 * @param readers all of them
 */
public record ChangeDatasetRequest(
        @Nullable String description,
        @Nullable Map<String, String> tags,
        @Nullable List<String> readers) {}
