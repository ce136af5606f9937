package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.PromoteRequest.Guards;
import io.benchtop.api.endpoint.PromoteRequest.Strategy;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.sdk.DurationText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a version comes to its requests: one of three ways, or else all at once. */
final class StrategyOptions {

    @Option(
            names = "--canary",
            split = ",",
            paramLabel = "PERCENT",
            description = "Step by step, such as 5,20,50; then all.")
    private @Nullable List<Integer> steps;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Canary: how long a step lasts, such as 30m (5m).")
    private @Nullable String every;

    @Option(
            names = "--min-requests",
            paramLabel = "N",
            description = "Canary: that the version answers in a step at least (20).")
    private @Nullable Integer minRequests;

    @Option(names = "--hold", description = "Canary: stay at the last step until somebody decides.")
    private boolean hold;

    @Option(
            names = "--max-error-rate",
            paramLabel = "SHARE",
            description = "Canary: take it back above, such as 0.01 for 1 %%.")
    private @Nullable Double maxErrorRate;

    @Option(
            names = "--max-p99",
            paramLabel = "MILLIS",
            description = "Canary: take it back if 99 of 100 answers need longer.")
    private @Nullable Double maxP99;

    @Option(
            names = "--max-nan-rate",
            paramLabel = "SHARE",
            description = "Canary: take it back if more of its outputs are no numbers.")
    private @Nullable Double maxNanRate;

    @Option(
            names = "--max-shift",
            paramLabel = "DEVIATIONS",
            description = "Canary: take it back if its mean prediction is farther from the other's.")
    private @Nullable Double maxShift;

    @Option(
            names = "--split",
            split = ",",
            paramLabel = "VERSION=PERCENT",
            description = "Fixed shares, such as 0.0.1=90,0.0.2=10.")
    private @Nullable Map<String, Double> weights;

    @Option(
            names = "--shadow",
            paramLabel = "PERCENT",
            description = "Ask it copies of so many requests; nobody gets its answers.")
    private @Nullable Integer shadow;

    /** Null for all at once. */
    @Nullable
    Strategy chosen() {
        if (Stream.of(steps, weights, shadow).filter(Objects::nonNull).count() > 1) {
            throw new CommandFailure("Choose one of --canary, --split and --shadow.", ExitCode.USAGE);
        }
        if (steps == null && saysCanary()) {
            throw new CommandFailure(
                    "--every, --min-requests, --hold and the bounds are of a canary: say --canary 5,20,50.",
                    ExitCode.USAGE);
        }
        if (steps != null) {
            return new Strategy("CANARY", steps, seconds(), minRequests, hold ? true : null, guards(), null, null);
        }
        if (weights != null) {
            return new Strategy("SPLIT", null, null, null, null, null, weights, null);
        }
        return shadow == null ? null : new Strategy("SHADOW", null, null, null, null, null, null, shadow);
    }

    private boolean saysCanary() {
        return every != null || minRequests != null || hold || guards() != null;
    }

    private @Nullable Integer seconds() {
        return every == null ? null : Math.toIntExact(DurationText.parse(every).toSeconds());
    }

    private @Nullable Guards guards() {
        var guards = new Guards(maxErrorRate, maxP99, maxNanRate, maxShift);
        return guards.equals(new Guards(null, null, null, null)) ? null : guards;
    }
}
