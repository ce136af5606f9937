package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;

/**
 * How a new version gets its share, step by step.
 *
 * @param steps percents, each larger than the one before; after the last, the candidate gets everything unless {@code holds}
 * @param every how long a step lasts at least
 * @param minRequests a step is not left before the candidate has answered so many requests in it
 * @param holds stays at the last step until somebody promotes or rolls back
 */
public record CanaryPlan(List<Integer> steps, Duration every, int minRequests, boolean holds, Guards guards) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_STEPS = 20;

    public CanaryPlan {
        steps = List.copyOf(steps);
        requireNonNull(guards, "guards is null");
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw ProblemException.invalidField(
                    "steps", "must be 1 to " + MOST_STEPS + " percents, such as [5, 20, 50]");
        }
        int before = 0;
        for (int step : steps) {
            if (step <= before || step > 100) {
                throw ProblemException.invalidField(
                        "steps",
                        "must grow from more than 0 to at most 100, such as [5, 20, 50]; " + step + " does not fit");
            }
            before = step;
        }
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw ProblemException.invalidField("every", "must be from 1 second to 30 days");
        }
        if (minRequests < 0) {
            throw ProblemException.invalidField("minRequests", "must not be negative");
        }
    }

    int buckets(int step) {
        return steps.get(step) * (BucketRange.ALL / 100);
    }

    boolean isLast(int step) {
        return step == steps.size() - 1;
    }
}
