package io.benchtop.service.http.page;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.service.endpoint.Guards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What endpoints do, in words of people. */
final class EndpointWords {

    private EndpointWords() {}

    static Condition phase(Endpoint.Rollout rollout) {
        return switch (rollout.phase()) {
            case "STABLE" -> new Condition("running", "Stable", "");
            case "SWITCHING" -> new Condition("pending", "Switching", rollout.message());
            case "PROGRESSING" -> new Condition("pending", "Step by step", rollout.message());
            default -> new Condition("stopped", "Rolled back", rollout.message());
        };
    }

    /** "12.5 %", "0 %", "0.02 %". */
    static String percent(double percent) {
        String text = String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f" : "%.1f", percent);
        return (text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text) + " %";
    }

    /** Counted in buckets, so at most so long. */
    static String millis(@Nullable Double millis) {
        return millis == null ? "" : "≤ " + HumaneNumber.text(millis) + " ms";
    }

    /** What a version that is tried must not do. */
    static List<String> guards(Guards guards) {
        List<String> words = new ArrayList<>();
        if (guards.maxErrorRate() != null) {
            words.add("at most " + percent(guards.maxErrorRate() * 100) + " errors");
        }
        if (guards.maxP99Millis() != null) {
            words.add("99 of 100 answers within " + HumaneNumber.text(guards.maxP99Millis()) + " ms");
        }
        if (guards.maxNanRate() != null) {
            words.add("at most " + percent(guards.maxNanRate() * 100) + " values that are no number");
        }
        if (guards.maxPredictionDifference() != null) {
            words.add("predictions at most " + HumaneNumber.text(guards.maxPredictionDifference())
                    + " standard deviations away");
        }
        return words;
    }
}
