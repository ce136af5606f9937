package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param name unique, whatever its case
 * @param owner user name
 * @param description free text
 * @param readers user names, or {@code *} for everybody
 * @param publishers user names of those who may publish beside the owner
 * @param approvalRequired whether a second person approves a version before an alias may point to it
 * @param aliases the version of each
 * @param latest the newest version that is ready; null before the first
 * @param createdAt ISO-8601 instant
 * @param changedAt ISO-8601 instant
 */
public record Model(
        String name,
        String owner,
        String description,
        List<String> readers,
        List<String> publishers,
        boolean approvalRequired,
        Map<String, String> aliases,
        @Nullable ModelVersion latest,
        String createdAt,
        String changedAt) {

    public Model {
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(changedAt, "changedAt is null");
        description = description == null ? "" : description;
        aliases = aliases == null ? Map.of() : Map.copyOf(aliases);
        readers = readers == null ? List.of() : List.copyOf(readers);
        publishers = publishers == null ? List.of() : List.copyOf(publishers);
    }
}
