package io.benchtop.modelserver.engine;

import java.util.List;

/** What the server says of itself. */
public final class ServerIdentity {

    public static final String NAME = "benchtop-model-server";
    public static final String VERSION = "0.1.0";

    /** Only what is there. */
    public static final List<String> EXTENSIONS =
            List.of("binary_tensor_data", "model_repository", "model_configuration", "statistics");

    private ServerIdentity() {}
}
