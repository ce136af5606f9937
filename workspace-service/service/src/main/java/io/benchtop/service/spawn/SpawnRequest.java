package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;

/**
 * What a spawner needs to know to run a server. There is no free text in it: nothing that a person typed can end up in a
 * command line, an environment or a manifest (SECURITY.md S11); what an administrator typed was checked by {@link ServerSpec}.
 *
 * @param generation counts the starts of this workspace; a live server of another generation is replaced
 */
public record SpawnRequest(WorkspaceId id, long generation, UserName owner, Slug slug, ServerSpec spec) {

    public SpawnRequest {
        requireNonNull(id, "id is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(spec, "spec is null");
        if (generation < 1) {
            throw new IllegalArgumentException("the first generation is 1, not " + generation);
        }
    }

    /** Where the server answers: {@code /user/<owner>/<slug>/}. */
    public String path() {
        return "/user/" + owner + "/" + slug + "/";
    }
}
