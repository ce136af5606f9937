package io.benchtop.api.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Begins an A/B test; the body of {@code POST /api/v1/endpoints/{name}/trials}.
 *
 * @param control a version or an alias; without any the one with the largest share
 * @param candidate a version or an alias of the same model
 * @param candidatePercent of the requests; without any 50
 * @param sticky what keeps a user with one version; without any as it is
 * @param metric what a conversion is; without any {@code conversion}
 * @param baseline the control's conversion rate as far as is known, such as 0.05
 * @param minimalEffect the smallest relative effect worth finding: 0.15 is from 5 % to 5.75 %
 * @param alpha how often a difference may be found where there is none; without any 0.05
 * @param power how often the minimal effect is to be found; without any 0.8
 * @param stopping {@code AT_HORIZON}, also without any, or {@code ALWAYS_VALID}
 * @param switchAbove give the candidate all requests if its uplift is shown and above this, such as 0.15; without any nothing is switched
 */
public record TrialRequest(
        @Nullable String control,
        @Nullable String candidate,
        @Nullable Double candidatePercent,
        EndpointSettings.@Nullable Sticky sticky,
        @Nullable String metric,
        @Nullable Double baseline,
        @Nullable Double minimalEffect,
        @Nullable Double alpha,
        @Nullable Double power,
        @Nullable String stopping,
        @Nullable Double switchAbove) {}
