package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

/** What became of a start. */
public sealed interface StartOutcome {

    /** The server answers. */
    record Started(ServerStatus.Alive server) implements StartOutcome {

        public Started {
            requireNonNull(server, "server is null");
        }
    }

    /** It did not come up, and nothing of it is left. */
    record Failed(ServerEnding ending) implements StartOutcome {

        public Failed {
            requireNonNull(ending, "ending is null");
        }
    }

    /** It was not wanted any more before it was ready, and nothing of it is left. */
    record Cancelled() implements StartOutcome {}
}
