package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

/**
 * A model that a run made.
 *
 * @param step at which step of the run
 */
public record ModelOutput(String model, long step) {

    public ModelOutput {
        requireNonNull(model, "model is null");
    }
}
