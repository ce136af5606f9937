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
    HOME_UNUSABLE,
    /** The image cannot be fetched: no such image, no access, or its registry is away. */
    IMAGE_UNAVAILABLE,
    /** No node has what the profile asks for, or none is free. */
    UNSCHEDULABLE,
    /** A volume is missing or cannot be bound or mounted. */
    VOLUME_UNAVAILABLE,
    /** It is not made: the profile no longer allows it, or the cluster does not, by a quota, a policy or its manifest. */
    REFUSED,
    /** It ends again and again right after its start. */
    CRASH_LOOP,
    /** Its node went away, or put it out. */
    NODE_LOST
}
