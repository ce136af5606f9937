package io.benchtop.service.workspace;

/** What somebody asked for; the reconciler makes it so. */
public enum DesiredState {
    STOPPED,
    RUNNING,
    DELETED_KEEPING_FILES,
    DELETED_WITH_FILES
}
