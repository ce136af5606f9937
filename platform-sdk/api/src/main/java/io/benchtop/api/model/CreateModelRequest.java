package io.benchtop.api.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/models}.
 *
 * @param name {@code [A-Za-z0-9][A-Za-z0-9._-]{0,62}}
 * @param description free text
 * @param readers the owner alone if missing
 * @param publishers the owner alone if missing
 * @param approval whether a second person must approve each version
 */
public record CreateModelRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable List<String> readers,
        @Nullable List<String> publishers,
        @Nullable Boolean approval) {}
