package io.benchtop.service.spawn;

/** How far a start is, in this order; the names are part of the contract with clients. A spawner may leave some out. */
public enum StartPhase {
    /** It waits for its turn or for room. */
    QUEUED,
    /** It has a place to run. */
    SCHEDULED,
    /** Its image is being fetched; slow is no failure. */
    PULLING,
    /** Its process runs and does not answer yet. */
    STARTING,
    /** It answers. */
    READY
}
