package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/datasets/{space}/{name}/preview}.
 *
 * @param version its number
 * @param takenAt ISO-8601 instant
 * @param columns in order
 * @param rows at most 1,000, each with a value for each column
 * @param more whether the version has more rows
 */
public record Preview(
        long version, String takenAt, List<ColumnProfile> columns, List<List<@Nullable Object>> rows, boolean more) {

    public Preview {
        requireNonNull(takenAt, "takenAt is null");
        columns = columns == null ? List.of() : List.copyOf(columns);
        rows = rows == null ? List.of() : List.copyOf(rows);
    }
}
