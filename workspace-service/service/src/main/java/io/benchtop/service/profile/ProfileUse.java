package io.benchtop.service.profile;

import java.util.Map;

/** Port: what uses profiles. */
@FunctionalInterface
public interface ProfileUse {

    /** How many workspaces have each profile; one that none has may be missing. */
    Map<OptionSlug, Integer> workspaces();

    default int workspaces(OptionSlug slug) {
        return workspaces().getOrDefault(slug, 0);
    }
}
