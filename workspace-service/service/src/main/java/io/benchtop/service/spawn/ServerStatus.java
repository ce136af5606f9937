package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.AppliedLimits;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a spawner sees of a server at this moment. */
public sealed interface ServerStatus {

    /** Nothing runs, and nothing is known of a run. */
    record Absent() implements ServerStatus {}

    /**
     * It runs; whether it answers already is known to whoever started it.
     *
     * @param process names the running process or pod; the same for as long as it is the same one
     * @param target its address without path; null while it has none yet
     * @param identityKey the key for its identity header; a secret
     * @param startedAt null while it is being made ready
     * @param limits null while it is being made ready
     */
    record Alive(
            long generation,
            String process,
            @Nullable URI target,
            String identityKey,
            @Nullable Instant startedAt,
            @Nullable AppliedLimits limits)
            implements ServerStatus {

        public Alive {
            requireNonNull(process, "process is null");
            requireNonNull(identityKey, "identityKey is null");
        }

        /** The key is a secret and stays out of logs. */
        @Override
        public String toString() {
            return "Alive[" + process + " at " + target + ", generation " + generation + "]";
        }
    }

    /** It ran, or tried to, and is gone. */
    record Ended(long generation, ServerEnding ending) implements ServerStatus {

        public Ended {
            requireNonNull(ending, "ending is null");
        }
    }
}
