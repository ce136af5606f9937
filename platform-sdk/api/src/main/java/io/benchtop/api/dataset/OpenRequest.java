package io.benchtop.api.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/datasets/{space}/{name}:open}.
 *
 * @param version its number; the newest if missing
 * @param columns which; all if missing
 * @param where which rows, such as {@code qty > 3 and day >= '2026-01-01'}; all if missing
 * @param run id of the run that reads
 */
public record OpenRequest(
        @Nullable Long version,
        @Nullable List<String> columns,
        @Nullable String where,
        @Nullable String run) {}
