package io.benchtop.api.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The profiles the caller may pick, {@code GET /api/v1/profiles}.
 *
 * @param profiles in the order to show them
 * @param defaultProfile slug of the one that is taken when none is named
 */
public record ProfileList(List<Profile> profiles, String defaultProfile) {

    public ProfileList {
        requireNonNull(defaultProfile, "defaultProfile is null");
        profiles = profiles == null ? List.of() : List.copyOf(profiles);
    }
}
