package io.benchtop.service.endpoint;

import io.benchtop.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a new version must not do while it is tried. A guard trips when the candidate is beyond the bound <em>and</em> worse than the
 * control in the same time, so that a slow hour or a source of bad requests is not blamed on the candidate. Null guards nothing.
 *
 * @param maxErrorRate share of answers that are errors of the server, 0 to 1
 * @param maxP99Millis 99 of 100 answers must be there after so many milliseconds
 * @param maxNanRate share of output values that are not a number, 0 to 1
 * @param maxPredictionDifference distance of the mean of the first output from the control's, in the control's standard deviations
 */
public record Guards(
        @Nullable Double maxErrorRate,
        @Nullable Double maxP99Millis,
        @Nullable Double maxNanRate,
        @Nullable Double maxPredictionDifference) {

    public static final Guards NONE = new Guards(null, null, null, null);

    public Guards {
        requireShare("maxErrorRate", maxErrorRate);
        requirePositive("maxP99Millis", maxP99Millis);
        requireShare("maxNanRate", maxNanRate);
        requirePositive("maxPredictionDifference", maxPredictionDifference);
    }

    private static void requireShare(String field, @Nullable Double value) {
        // Written so that NaN does not pass.
        if (value != null && !(value >= 0 && value < 1)) {
            throw ProblemException.invalidField(
                    "guards." + field, "must be from 0 to less than 1, such as 0.01 for 1 %");
        }
    }

    private static void requirePositive(String field, @Nullable Double value) {
        if (value != null && !(value > 0 && Double.isFinite(value))) {
            throw ProblemException.invalidField("guards." + field, "must be more than 0");
        }
    }
}
