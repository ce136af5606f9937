package io.benchtop.api.status;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.AppliedLimits;
import java.util.List;

/**
 * {@code GET /api/v1/status}.
 *
 * @param version of the service
 * @param spawner how servers are run, for example {@code local}
 * @param database {@code h2} or {@code postgresql}
 * @param limits how limits of servers are enforced here
 * @param warnings sentences about what this installation does not protect or is short of
 */
public record Status(String version, String spawner, String database, AppliedLimits limits, List<String> warnings) {

    public Status {
        requireNonNull(version, "version is null");
        requireNonNull(spawner, "spawner is null");
        requireNonNull(database, "database is null");
        requireNonNull(limits, "limits is null");
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
