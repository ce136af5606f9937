package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One dataset in the list.
 *
 * @param name such as {@code sales/orders}; never changes
 * @param description free text
 * @param owner user name
 * @param tags free words
 * @param kind {@code managed}, {@code files}, {@code table} or {@code query}
 * @param latest the newest version; null before the first
 * @param changedAt ISO-8601 instant
 */
public record DatasetSummary(
        String name,
        String description,
        String owner,
        Map<String, String> tags,
        String kind,
        @Nullable Version latest,
        String changedAt) {

    public DatasetSummary {
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(changedAt, "changedAt is null");
        description = description == null ? "" : description;
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }
}
