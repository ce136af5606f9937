package io.benchtop.api.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/profiles} and {@code PUT /api/v1/profiles/{slug}}; described by {@code GET /api/v1/profiles/schema}. It has
 * the fields of {@link Profile}, so that what was got can be changed and put back.
 *
 * @param slug names it, never changes
 * @param displayName free text
 * @param description a sentence: whom it is for
 * @param resources what a server gets; not limited if missing
 * @param image what a server is started from; the installation's own if missing
 * @param images further images to choose from
 * @param gpu accelerators; none if missing
 * @param nodeSelector labels that the node must have
 * @param tolerations taints of nodes that do not keep it away
 * @param volumes further folders
 * @param env further environment variables
 * @param audience who may use it; must be said
 * @param allowedOverrides what a person may choose differently; nothing if missing
 * @param startTimeout ISO-8601 duration; the installation's if missing
 * @param maxLifetime ISO-8601 duration after which a server is stopped; not limited if missing
 * @param warmServers how many servers wait ready for new workspaces, 0 to 20; none if missing. No effect where servers are
 *     processes or homes are folders of an NFS export
 * @param retired hidden for new workspaces, and no start any more; running servers go on
 * @param compatibility told by the platform; what is sent is ignored
 */
public record ProfileRequest(
        @Nullable String slug,
        @Nullable String displayName,
        @Nullable String description,
        @Nullable RequestedResources resources,
        @Nullable String image,
        @Nullable List<ProfileImage> images,
        @Nullable ProfileGpu gpu,
        @Nullable Map<String, String> nodeSelector,
        @Nullable List<ProfileToleration> tolerations,
        @Nullable List<ProfileVolume> volumes,
        @Nullable Map<String, String> env,
        @Nullable ProfileAudience audience,
        @Nullable OverrideLimits allowedOverrides,
        @Nullable String startTimeout,
        @Nullable String maxLifetime,
        @Nullable Integer warmServers,
        @Nullable Boolean retired,
        @Nullable List<ImageProbeResult> compatibility) {}
