package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was put together.
 *
 * @param database {@code h2} or {@code postgresql}
 * @param warnings sentences about what this installation does not protect or is short of
 */
public record Installation(String version, String spawner, String database, List<String> warnings) {

    public Installation {
        requireNonNull(version, "version is null");
        requireNonNull(spawner, "spawner is null");
        requireNonNull(database, "database is null");
        warnings = List.copyOf(warnings);
    }

    /** Whether servers are processes of this machine. */
    public boolean isLocal() {
        return "local".equals(spawner);
    }
}
