package io.benchtop.api.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The profiles the caller may pick, {@code GET /api/v1/profiles}.
 *
 * @param profiles in the order to show them
 * @param defaultProfile slug of the one that is taken when none is named; null if the caller may use none
 */
public record ProfileList(List<Profile> profiles, @Nullable String defaultProfile) {

    public ProfileList {
        profiles = profiles == null ? List.of() : List.copyOf(profiles);
    }
}
