package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data that a run read, as its client describes it.
 *
 * @param digest tells two states of it apart
 * @param sourceType what kind of thing {@code source} names, such as {@code local} or {@code benchtop}
 * @param source where it came from, in the client's own form
 * @param schema JSON of the client's; may be missing
 * @param profile JSON of the client's; may be missing
 * @param tags such as {@code mlflow.data.context}: {@code training}
 */
public record DatasetInput(
        String name,
        String digest,
        String sourceType,
        String source,
        @Nullable String schema,
        @Nullable String profile,
        Map<String, String> tags) {

    /** Under which tag MLflow's clients keep what the run read the data for. */
    private static final String CONTEXT_TAG = "mlflow.data.context";

    public DatasetInput {
        TrackingLimits.checkLength("dataset.name", name, TrackingLimits.NAME);
        TrackingLimits.checkLength("dataset.digest", digest, TrackingLimits.DIGEST);
        requireNonNull(sourceType, "sourceType is null");
        requireNonNull(source, "source is null");
        tags = Map.copyOf(tags);
        tags.forEach(TrackingLimits::checkInputTag);
    }

    /** What the run read it for, such as training; null if that was not said. */
    public @Nullable String context() {
        return tags.get(CONTEXT_TAG);
    }
}
