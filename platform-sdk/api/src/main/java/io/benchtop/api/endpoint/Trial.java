package io.benchtop.api.endpoint;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An A/B test on an endpoint: what was agreed on before it began, what was counted, and what may be said of it.
 *
 * @param number counts the trials of the endpoint from 1
 * @param metric what a conversion is, in the words of whoever began it
 * @param phase {@code WAITING} for its versions, {@code RUNNING}, or how it ended: {@code BETTER} (the candidate is), {@code SWITCHED}
 *     (it is, and got all requests), {@code NOT_BETTER}, {@code NO_DIFFERENCE}, {@code INVALID} or {@code STOPPED}
 * @param message the verdict, or how far it is: sentences for people
 * @param difference of the rates, candidate minus control; null while nothing can be told
 * @param uplift the difference relative to the control's rate; null while nothing can be told
 * @param pValue of no difference at all; null before the end
 * @param since ISO-8601 instant since when it is in this phase
 * @param startedAt ISO-8601 instant
 */
public record Trial(
        String endpoint,
        int number,
        String metric,
        String phase,
        String message,
        Side control,
        Side candidate,
        Plan plan,
        Progress progress,
        @Nullable Range difference,
        @Nullable Range uplift,
        @Nullable Double pValue,
        String startedBy,
        String startedAt,
        String since) {

    public Trial {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(message, "message is null");
        requireNonNull(control, "control is null");
        requireNonNull(candidate, "candidate is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(progress, "progress is null");
    }

    /**
     * One of the two versions.
     *
     * @param percent of the requests, 0 to 100, as planned
     * @param users who met it, each counted once
     * @param rate conversions by users, 0 to 1; null without users
     */
    public record Side(
            String version,
            double percent,
            long users,
            long conversions,
            @Nullable Double rate) {}

    /**
     * What was agreed on.
     *
     * @param stopping {@code AT_HORIZON} or {@code ALWAYS_VALID}
     * @param horizon so many users of the smaller side end the trial
     * @param switchAbove the candidate gets all requests by itself if its uplift is shown and above this; null for never
     */
    public record Plan(
            double baseline,
            double minimalEffect,
            double alpha,
            double power,
            String stopping,
            long horizon,
            @Nullable Double switchAbove) {}

    /**
     * How far it is.
     *
     * @param users of the smaller side
     * @param share of the horizon, 0 to 1
     */
    public record Progress(long users, double share) {}

    /** An estimate with its bounds; null where there is no bound. */
    public record Range(double low, double value, @Nullable Double high) {}
}
