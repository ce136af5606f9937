package io.benchtop.api.dataset;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/datasets/{space}/{name}/uploads}.
 *
 * @param note why the version is made
 * @param run id of the run that writes
 * @param base number of the version that it begins with; nothing if missing
 */
public record UploadRequest(
        @Nullable String note,
        @Nullable String run,
        @Nullable Long base) {}
