package io.benchtop.service.spawn;

/** Why a server ended or did not start; part of the contract with clients. */
public enum EndingCode {
    STOPPED,
    EXITED,
    PORT_TAKEN,
    ENVIRONMENT_BROKEN,
    DISK_FULL,
    OUT_OF_MEMORY,
    TIMED_OUT,
    HOME_UNUSABLE
}
