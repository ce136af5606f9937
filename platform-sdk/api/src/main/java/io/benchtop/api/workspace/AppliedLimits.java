package io.benchtop.api.workspace;

import static java.util.Objects.requireNonNull;

/**
 * How the limits of a running server are enforced on this machine: {@code cgroup} (by the kernel), {@code watched} (the
 * largest process is killed soon after the limit is passed) or {@code none}.
 *
 * @param memory for memory
 * @param processes for the number of processes
 */
public record AppliedLimits(String memory, String processes) {

    public AppliedLimits {
        requireNonNull(memory, "memory is null");
        requireNonNull(processes, "processes is null");
    }
}
