package io.benchtop.api.workspace;

/** The states a workspace can be in; {@code FAILED} is stopped with a reason to tell. */
public enum WorkspaceStateCode {
    STOPPED,
    QUEUED,
    STARTING,
    RUNNING,
    STOPPING,
    FAILED,
    DELETING;

    /** Whether the workspace is on its way to another state and worth watching. */
    public boolean isPending() {
        return this == QUEUED || this == STARTING || this == STOPPING || this == DELETING;
    }
}
