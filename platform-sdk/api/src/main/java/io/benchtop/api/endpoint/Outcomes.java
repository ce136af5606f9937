package io.benchtop.api.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What users did after they met a version; the body of {@code POST /api/v1/endpoints/{name}/outcomes}. Each user counts once, however
 * often it is told of, and stays converted: the same post may be sent again.
 */
public record Outcomes(@Nullable List<Outcome> outcomes) {

    /**
     * @param key who it was: what was sent in the endpoint's sticky header
     * @param converted whether the user did what the trial hopes for
     * @param version which one answered, as {@code X-Model-Version} said; needed only where the endpoint has no sticky header
     */
    public record Outcome(
            @Nullable String key,
            @Nullable Boolean converted,
            @Nullable String version) {}

    /**
     * What was new in a post. Nothing is counted unless the trial runs.
     *
     * @param trial its number
     * @param phase of the trial after the post
     */
    public record Counted(int trial, String phase, long newUsers, long newConversions) {}
}
