package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

/** What a person picked: a profile, and what is to be different from it. */
public record ProfileChoice(OptionSlug slug, Overrides overrides) {

    public ProfileChoice {
        requireNonNull(slug, "slug is null");
        requireNonNull(overrides, "overrides is null");
    }

    /** The profile as it is. */
    public static ProfileChoice of(OptionSlug slug) {
        return new ProfileChoice(slug, Overrides.NONE);
    }
}
