package io.benchtop.sdk.serving;

import io.benchtop.api.endpoint.EndpointSettings.Sticky;
import io.benchtop.api.endpoint.TrialRequest;
import io.benchtop.sdk.error.BenchtopException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is agreed on before an A/B test begins; the service says how many users it needs.
 *
 * <pre>{@code
 * TrialPlan.candidate("0.0.2").baseline(0.05).minimalEffect(0.15).stickyHeader("X-User-Id").switchAbove(0.1);
 * }</pre>
 *
 * @param candidate a version of the endpoint's model, or an alias
 * @param control the same; without any the one with the largest share
 * @param baseline the control's conversion rate as far as is known
 * @param minimalEffect the smallest relative effect worth finding: 0.15 is from 5 % to 5.75 %
 * @param alpha how often a difference may be found where there is none
 * @param power how often the minimal effect is to be found
 * @param alwaysValid whether it ends as soon as a difference is shown, and not once, with the fewest users
 * @param candidatePercent of the requests
 * @param metric what a conversion is, for people
 * @param sticky what keeps a user with one version; empty leaves that as it is
 * @param switchAbove the candidate gets all requests by itself if its uplift is shown and above this
 */
public record TrialPlan(
        String candidate,
        Optional<String> control,
        OptionalDouble baseline,
        OptionalDouble minimalEffect,
        double alpha,
        double power,
        boolean alwaysValid,
        double candidatePercent,
        String metric,
        Optional<Sticky> sticky,
        OptionalDouble switchAbove) {

    /** The version that may be better; {@link #baseline} and {@link #minimalEffect} must follow. */
    public static TrialPlan candidate(String version) {
        return new TrialPlan(
                version,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0.05,
                0.8,
                false,
                50,
                "conversion",
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Against this version or alias. */
    public TrialPlan control(String version) {
        return new TrialPlan(
                candidate,
                Optional.of(version),
                baseline,
                minimalEffect,
                alpha,
                power,
                alwaysValid,
                candidatePercent,
                metric,
                sticky,
                switchAbove);
    }

    /** The control's conversion rate as far as is known, such as 0.05. */
    public TrialPlan baseline(double rate) {
        return new TrialPlan(
                candidate,
                control,
                OptionalDouble.of(rate),
                minimalEffect,
                alpha,
                power,
                alwaysValid,
                candidatePercent,
                metric,
                sticky,
                switchAbove);
    }

    /** The smallest relative effect worth finding, such as 0.15. */
    public TrialPlan minimalEffect(double effect) {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                OptionalDouble.of(effect),
                alpha,
                power,
                alwaysValid,
                candidatePercent,
                metric,
                sticky,
                switchAbove);
    }

    /** How often a difference may be found where there is none, and how often the minimal effect is to be found. */
    public TrialPlan errors(double ofAlpha, double ofPower) {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                minimalEffect,
                ofAlpha,
                ofPower,
                alwaysValid,
                candidatePercent,
                metric,
                sticky,
                switchAbove);
    }

    /** Ends as soon as a difference is shown. */
    public TrialPlan whenShown() {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                minimalEffect,
                alpha,
                power,
                true,
                candidatePercent,
                metric,
                sticky,
                switchAbove);
    }

    /** How many percent of the requests the candidate gets. */
    public TrialPlan percent(double percent) {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                minimalEffect,
                alpha,
                power,
                alwaysValid,
                percent,
                metric,
                sticky,
                switchAbove);
    }

    /** What a conversion is, for people. */
    public TrialPlan metric(String words) {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                minimalEffect,
                alpha,
                power,
                alwaysValid,
                candidatePercent,
                words,
                sticky,
                switchAbove);
    }

    /** Who this request header names stays with one version. */
    public TrialPlan stickyHeader(String header) {
        return sticky(new Sticky(header, false));
    }

    /** A browser stays with one version by a cookie; outcomes must then say which version answered. */
    public TrialPlan stickyCookie() {
        return sticky(new Sticky(null, true));
    }

    private TrialPlan sticky(Sticky chosen) {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                minimalEffect,
                alpha,
                power,
                alwaysValid,
                candidatePercent,
                metric,
                Optional.of(chosen),
                switchAbove);
    }

    /** The candidate gets all requests by itself if its uplift is shown and above this, such as 0.15. */
    public TrialPlan switchAbove(double uplift) {
        return new TrialPlan(
                candidate,
                control,
                baseline,
                minimalEffect,
                alpha,
                power,
                alwaysValid,
                candidatePercent,
                metric,
                sticky,
                OptionalDouble.of(uplift));
    }

    /**
     * As the service is asked to do it.
     *
     * @throws BenchtopException {@code bad_trial} without baseline or minimal effect
     */
    public TrialRequest request() {
        if (baseline.isEmpty() || minimalEffect.isEmpty()) {
            throw new BenchtopException(
                    "bad_trial",
                    "Give the rate of today and the smallest effect worth finding: .baseline(0.05).minimalEffect(0.15).");
        }
        return new TrialRequest(
                control.orElse(null),
                candidate,
                candidatePercent,
                sticky.orElse(null),
                metric,
                baseline.getAsDouble(),
                minimalEffect.getAsDouble(),
                alpha,
                power,
                alwaysValid ? "ALWAYS_VALID" : "AT_HORIZON",
                switchAbove.isPresent() ? switchAbove.getAsDouble() : null);
    }
}
