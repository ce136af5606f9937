package io.benchtop.api.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint chooses; in a request, null leaves as it is.
 *
 * @param callers who may call it beside the owner; {@code *} for everybody who is signed in
 * @param sticky what keeps a client with its version
 * @param limits what is let in
 * @param scaling how many model-servers a version has
 * @param hardware what they run on, by the name that an administrator gave it: more memory, or a GPU
 */
public record EndpointSettings(
        @Nullable List<String> callers,
        @Nullable Sticky sticky,
        @Nullable Limits limits,
        @Nullable Scaling scaling,
        @Nullable String hardware) {

    /** Leaves everything as it is. */
    public static final EndpointSettings NONE = new EndpointSettings(null, null, null, null, null);

    /**
     * @param header a request header that names for whom a client asks; null for none
     * @param cookie whether browsers get a signed cookie
     */
    public record Sticky(@Nullable String header, @Nullable Boolean cookie) {}

    /**
     * @param requestsPerSecond of one client, over time
     * @param burst of one client at once
     * @param clientInFlight of one client, not answered yet
     * @param inFlight of all together, not answered yet
     * @param maxBodyBytes of one request
     * @param requestsPerDay of one client, from midnight to midnight in UTC; 0 for as many as it likes
     */
    public record Limits(
            @Nullable Integer requestsPerSecond,
            @Nullable Integer burst,
            @Nullable Integer clientInFlight,
            @Nullable Integer inFlight,
            @Nullable Long maxBodyBytes,
            @Nullable Integer requestsPerDay) {}

    /**
     * @param min 0 lets it sleep while nobody asks
     * @param max how many there are at most, on a cluster
     * @param idleAfterSeconds how long nobody has asked until it sleeps
     */
    public record Scaling(
            @Nullable Integer min,
            @Nullable Integer max,
            @Nullable Integer idleAfterSeconds) {}
}
