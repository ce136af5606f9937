package io.benchtop.api.profile;

import static java.util.Objects.requireNonNull;

/**
 * One thing to pick.
 *
 * @param slug names it
 * @param displayName free text
 * @param description a sentence: whom it is for
 * @param resources what a server of this profile gets
 */
public record Profile(String slug, String displayName, String description, Resources resources) {

    public Profile {
        requireNonNull(slug, "slug is null");
        requireNonNull(resources, "resources is null");
        requireNonNull(displayName, "displayName is null");
        description = description == null ? "" : description;
    }
}
