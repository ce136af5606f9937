package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One dataset: a {@link DatasetSummary} and what only its own page tells.
 *
 * @param name such as {@code sales/orders}; never changes
 * @param description free text
 * @param owner user name
 * @param tags free words
 * @param kind {@code managed}, {@code files}, {@code table} or {@code query}
 * @param latest the newest version; null before the first
 * @param changedAt ISO-8601 instant
 * @param source where the data is
 * @param readers user names, or {@code *} alone for everybody
 * @param mine whether the caller may change it
 * @param createdAt ISO-8601 instant
 */
public record Dataset(
        String name,
        String description,
        String owner,
        Map<String, String> tags,
        String kind,
        @Nullable Version latest,
        String changedAt,
        Source source,
        List<String> readers,
        boolean mine,
        String createdAt) {

    public Dataset {
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(changedAt, "changedAt is null");
        description = description == null ? "" : description;
        tags = tags == null ? Map.of() : Map.copyOf(tags);
        requireNonNull(source, "source is null");
        requireNonNull(createdAt, "createdAt is null");
        readers = readers == null ? List.of() : List.copyOf(readers);
    }

    /** It as the list tells it. */
    public DatasetSummary summary() {
        return new DatasetSummary(name, description, owner, tags, kind, latest, changedAt);
    }
}
