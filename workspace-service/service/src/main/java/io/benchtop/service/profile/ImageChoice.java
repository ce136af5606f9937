package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.DisplayName;

/** One more image that a profile offers; people pick it by its slug and never name an image themselves (SECURITY.md S50). */
public record ImageChoice(OptionSlug slug, DisplayName displayName, ImageReference image) {

    public ImageChoice {
        requireNonNull(slug, "slug is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(image, "image is null");
    }
}
