package io.benchtop.api.connection;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One store or database.
 *
 * @param name unique, never changes
 * @param kind {@code s3}, {@code folder}, {@code postgresql} or {@code mariadb}
 * @param description free text
 * @param owner user name
 * @param settings where it is
 * @param secretSet whether the service keeps a secret for it
 * @param state {@code answers}, {@code away} or {@code unknown}
 * @param checkedAt ISO-8601 instant; null if it was never asked
 */
public record Connection(
        String name,
        String kind,
        String description,
        String owner,
        ConnectionSettings settings,
        boolean secretSet,
        String state,
        @Nullable String checkedAt) {

    public Connection {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(settings, "settings is null");
        description = description == null ? "" : description;
        state = state == null ? "unknown" : state;
    }
}
