package io.benchtop.service.abtest;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.trial.Trial;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to test.
 *
 * @param control a version or an alias; null for the one with the largest share
 * @param candidate a version or an alias
 * @param sticky what is to keep users with one version; null for what does
 * @param metric what a conversion is
 * @param switches whether a better candidate gets all requests by itself
 */
public record Proposal(
        @Nullable String control,
        String candidate,
        @Nullable Sticky sticky,
        String metric,
        Trial trial,
        boolean switches) {

    private static final int LONGEST = 64;

    public Proposal {
        requireNonNull(candidate, "candidate is null");
        requireNonNull(trial, "trial is null");
        metric = metric.strip();
        if (metric.isEmpty() || metric.length() > LONGEST || metric.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidField(
                    "metric", "must be 1 to " + LONGEST + " characters that say what a conversion is");
        }
    }
}
