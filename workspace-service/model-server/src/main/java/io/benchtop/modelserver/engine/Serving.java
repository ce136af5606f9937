package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;

/** All that an edge, HTTP or gRPC, offers to its clients. */
public record Serving(
        InferenceEngine engine,
        ServedModels models,
        Repository repository,
        ServerState state,
        ServingKey key,
        boolean control) {

    /** Refuses to load and unload unless it was allowed at the start. */
    public void requireControl() {
        if (!control) {
            throw new InferenceException(
                    Reason.FORBIDDEN, "loading and unloading is switched off: start the server with --control");
        }
    }
}
