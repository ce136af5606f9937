package io.benchtop.api.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A workspace and what its server is doing.
 *
 * @param id immutable, {@code ws_} and 12 characters
 * @param slug the last part of its path; never changes
 * @param displayName free text
 * @param owner user name
 * @param profile slug of its profile
 * @param state what its server is doing
 * @param path where JupyterLab is, {@code /user/<owner>/<slug>/}
 * @param url the same as a complete address
 * @param createdAt ISO-8601 instant
 * @param startedAt ISO-8601 instant at which the running server started; null without one
 * @param memoryBytes what its processes use now, in bytes; null without a server
 * @param resources what its profile and its overrides give it
 * @param overrides what was chosen differently from the profile
 * @param image what its next server is started from; null for the installation's own
 * @param gpu accelerators that its next server gets; null for none
 * @param limits how the running server's limits are enforced; null without one
 * @param keepAliveUntil ISO-8601 instant before which it is not stopped for being idle; null if nobody asked
 * @param lastActivity ISO-8601 instant; null before the first
 * @param filesPath where its files are, for the person who runs Benchtop
 */
public record Workspace(
        String id,
        String slug,
        String displayName,
        String owner,
        String profile,
        WorkspaceState state,
        String path,
        String url,
        String createdAt,
        @Nullable String startedAt,
        @Nullable Long memoryBytes,
        Resources resources,
        WorkspaceOverrides overrides,
        @Nullable String image,
        @Nullable ProfileGpu gpu,
        @Nullable AppliedLimits limits,
        @Nullable String keepAliveUntil,
        @Nullable String lastActivity,
        String filesPath) {

    public Workspace {
        requireNonNull(id, "id is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(state, "state is null");
        requireNonNull(path, "path is null");
        requireNonNull(url, "url is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(resources, "resources is null");
        requireNonNull(filesPath, "filesPath is null");
        requireNonNull(displayName, "displayName is null");
        overrides = overrides == null ? new WorkspaceOverrides(null, null, null, null) : overrides;
    }
}
