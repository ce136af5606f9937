package io.benchtop.api.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to pick. What only administrators see is null for others.
 *
 * @param slug names it
 * @param displayName free text
 * @param description a sentence: whom it is for
 * @param resources what a server of this profile gets
 * @param image what a server is started from; null for the installation's own
 * @param images further images to choose from, if {@code allowedOverrides} says so
 * @param gpu accelerators; null for none
 * @param allowedOverrides what a person may choose differently
 * @param startTimeout ISO-8601 duration that a server may take until it answers; null for the installation's
 * @param maxLifetime ISO-8601 duration after which a server is stopped; null if not limited
 * @param retired whether it is no longer offered
 * @param nodeSelector labels that the node must have; for administrators
 * @param tolerations taints of nodes that do not keep it away; for administrators
 * @param volumes further folders; for administrators
 * @param env further environment variables; for administrators
 * @param audience who may use it; for administrators
 * @param warmServers how many servers wait ready for new workspaces; for administrators
 * @param compatibility what was found out about its images; for administrators
 */
public record Profile(
        String slug,
        String displayName,
        String description,
        Resources resources,
        @Nullable String image,
        List<ProfileImage> images,
        @Nullable ProfileGpu gpu,
        OverrideLimits allowedOverrides,
        @Nullable String startTimeout,
        @Nullable String maxLifetime,
        boolean retired,
        @Nullable Map<String, String> nodeSelector,
        @Nullable List<ProfileToleration> tolerations,
        @Nullable List<ProfileVolume> volumes,
        @Nullable Map<String, String> env,
        @Nullable ProfileAudience audience,
        @Nullable Integer warmServers,
        @Nullable List<ImageProbeResult> compatibility) {

    public Profile {
        requireNonNull(slug, "slug is null");
        requireNonNull(resources, "resources is null");
        requireNonNull(displayName, "displayName is null");
        description = description == null ? "" : description;
        images = images == null ? List.of() : List.copyOf(images);
        allowedOverrides = allowedOverrides == null ? new OverrideLimits(null, null, null, false) : allowedOverrides;
    }
}
