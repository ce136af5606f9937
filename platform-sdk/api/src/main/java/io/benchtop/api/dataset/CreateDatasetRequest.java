package io.benchtop.api.dataset;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/datasets}.
 *
 * @param name such as {@code sales/orders}
 * @param description free text
 * @param tags free words
 * @param readers user names, or {@code *} alone for everybody; the owner alone if missing
 * @param source managed if missing
 */
public record CreateDatasetRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> tags,
        @Nullable List<String> readers,
        @Nullable Source source) {}
