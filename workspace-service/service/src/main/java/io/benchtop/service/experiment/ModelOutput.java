package io.benchtop.service.experiment;

import io.benchtop.service.problem.ProblemException;

/**
 * A model that a run made.
 *
 * @param step at which step of the run
 */
public record ModelOutput(String model, long step) {

    public ModelOutput {
        if (!LoggedModel.isId(model)) {
            throw ProblemException.invalidField(
                    "model_id", "must be the id of a logged model: m- and 32 hexadecimal digits");
        }
    }
}
