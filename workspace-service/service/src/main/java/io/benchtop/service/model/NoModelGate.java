package io.benchtop.service.model;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.nio.file.Path;

/** Where there is no program that could load a model: none is taken that would have to be served unchecked. */
public final class NoModelGate implements ModelGate {

    @Override
    public void requireReady() {
        throw refusal();
    }

    private static ProblemException refusal() {
        return ProblemException.of(
                ErrorCode.UNAVAILABLE,
                "Models cannot be checked here: no model-server is set. Ask an administrator to set BENCHTOP_MODEL_SERVER to"
                        + " the jar of the model-server, or on a cluster images.modelServer of the chart.");
    }

    @Override
    public Verdict check(ModelPlace place, Path folder) {
        throw refusal();
    }
}
