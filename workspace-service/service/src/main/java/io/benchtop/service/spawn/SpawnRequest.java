package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a spawner needs to know to run a server. There is no free text in it: nothing that a person typed can end up in a
 * command line, an environment or a manifest (SECURITY.md S11); what an administrator typed was checked by {@link ServerSpec}.
 *
 * @param generation counts the starts of this workspace; a live server of another generation is replaced
 * @param startTimeout how long it may take until it answers; null for the installation's
 */
public record SpawnRequest(
        WorkspaceId id,
        long generation,
        UserName owner,
        Slug slug,
        ServerSpec spec,
        @Nullable Duration startTimeout) {

    public SpawnRequest {
        requireNonNull(id, "id is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(spec, "spec is null");
        if (generation < 1) {
            throw new IllegalArgumentException("the first generation is 1, not " + generation);
        }
    }

    /** With the installation's timeout. */
    public SpawnRequest(WorkspaceId id, long generation, UserName owner, Slug slug, ServerSpec spec) {
        this(id, generation, owner, slug, spec, null);
    }

    /** How long it may take, where the installation lets any take this long. */
    public Duration startTimeoutOr(Duration usual) {
        return startTimeout == null ? usual : startTimeout;
    }

    /** Where the server answers: {@code /user/<owner>/<slug>/}. */
    public String path() {
        return "/user/" + owner + "/" + slug + "/";
    }
}
