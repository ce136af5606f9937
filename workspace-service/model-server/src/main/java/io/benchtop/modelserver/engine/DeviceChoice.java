package io.benchtop.modelserver.engine;

/** Where models are to run. */
public enum DeviceChoice {
    CPU,

    /** On a GPU of NVIDIA's, but for operators that the runtime has no CUDA for, and not at all without one. */
    CUDA,

    /** On such a GPU if there is one. */
    AUTO
}
