package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

/**
 * A server that waits for a workspace that does not exist yet.
 *
 * @param id that the workspace will have
 * @param kind what it is made of, see {@link WarmServers#kind}
 */
public record WarmServer(WorkspaceId id, String kind, State state) {

    /** The names are part of the contract with whoever reads the metrics; best first. */
    public enum State {
        READY,
        STARTING,
        /** Of no use any more, or only remains of one. */
        ENDED
    }

    public WarmServer {
        requireNonNull(id, "id is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(state, "state is null");
    }
}
