package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * One more image to choose from.
 *
 * @param slug names the choice
 * @param displayName free text; the slug if missing
 * @param image {@code registry/path:tag} or {@code registry/path@sha256:…}
 */
public record ProfileImage(
        @Nullable String slug,
        @Nullable String displayName,
        @Nullable String image) {}
