package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.identity.UserName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody opened a version: what lineage is made of, and the right to its rows for a while.
 *
 * @param columns those asked for, in that order
 * @param where the filter as written; empty for all rows
 * @param streamedAt when its rows were asked for, which is done once; null before
 */
public record DatasetRead(
        String id,
        DatasetId dataset,
        long version,
        UserName reader,
        Origin origin,
        Instant openedAt,
        List<String> columns,
        String where,
        @Nullable Instant streamedAt) {

    public DatasetRead {
        requireNonNull(id, "id is null");
        requireNonNull(dataset, "dataset is null");
        requireNonNull(reader, "reader is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(openedAt, "openedAt is null");
        requireNonNull(where, "where is null");
        columns = List.copyOf(columns);
    }
}
