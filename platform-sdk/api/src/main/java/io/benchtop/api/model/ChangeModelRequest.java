package io.benchtop.api.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /api/v1/models/{name}}; what is null stays as it is.
 *
 * @param description free text
 * @param readers all of them
 * @param publishers all of them
 * @param approval whether a second person must approve each version
 */
public record ChangeModelRequest(
        @Nullable String description,
        @Nullable List<String> readers,
        @Nullable List<String> publishers,
        @Nullable Boolean approval) {}
