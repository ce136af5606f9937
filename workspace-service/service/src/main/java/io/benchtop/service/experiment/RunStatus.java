package io.benchtop.service.experiment;

/** How a run is, by MLflow's names. */
public enum RunStatus {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED;

    /** Whether nothing more is expected of it. */
    public boolean isOver() {
        return this == FINISHED || this == FAILED || this == KILLED;
    }
}
