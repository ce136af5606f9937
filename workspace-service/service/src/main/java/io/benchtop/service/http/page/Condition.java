package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.ModelState;
import org.jspecify.annotations.Nullable;

/**
 * How something is: a model's version, or what serves it.
 *
 * @param css colour of its dot
 * @param sentence what to know of it; empty for nothing
 */
record Condition(String css, String word, String sentence) {

    Condition {
        requireNonNull(css, "css is null");
        requireNonNull(word, "word is null");
        requireNonNull(sentence, "sentence is null");
    }

    static Condition of(ModelState state) {
        return switch (state) {
            case ModelState.Uploading uploading ->
                new Condition(
                        "pending",
                        "Uploading",
                        uploading.arrived().size() + " of its files are there. It is removed "
                                + HumaneTime.exactly(uploading.expiresAt()).text() + " UTC if nobody commits it.");
            case ModelState.Checking _ ->
                new Condition("pending", "Checking", "Its files are looked at, and it is asked the sample.");
            case ModelState.Ready ready -> new Condition("running", "Ready", ready.message());
            case ModelState.Refused refused -> new Condition("failed", "Refused", refused.message());
            case ModelState.Deleted deleted ->
                new Condition("stopped", "Deleted", "By " + deleted.by() + ". Its number is not given again.");
        };
    }

    /** @param sentence null for none */
    static Condition ofServers(String code, @Nullable String sentence) {
        String said = sentence == null ? "" : sentence;
        return switch (code) {
            case "READY" -> new Condition("running", "Ready", said);
            case "ASLEEP" -> new Condition("stopped", "Asleep", said);
            case "FAILED" -> new Condition("failed", "Failed", said);
            default -> new Condition("pending", "Starting", said);
        };
    }
}
