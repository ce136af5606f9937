package io.benchtop.service.experiment;

/**
 * A model that a run made.
 *
 * @param step at which step of the run
 */
public record ModelOutput(String model, long step) {

    public ModelOutput {
        LoggedModel.requireId(model);
    }
}
