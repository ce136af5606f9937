package io.benchtop.api.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Where the data of a dataset is; part of answers and of {@link CreateDatasetRequest}.
 *
 * @param kind {@code managed} (here), {@code files}, {@code table} or {@code query}
 * @param connection name of a connection; null if managed
 * @param path of {@code files}: a folder or a file below the connection's
 * @param format of {@code files}; told by the names of the files if null
 * @param schema of {@code table}; the database's own if null
 * @param table of {@code table}
 * @param query of {@code query}: one SELECT
 */
public record Source(
        @Nullable String kind,
        @Nullable String connection,
        @Nullable String path,
        @Nullable String format,
        @Nullable String schema,
        @Nullable String table,
        @Nullable String query) {}
