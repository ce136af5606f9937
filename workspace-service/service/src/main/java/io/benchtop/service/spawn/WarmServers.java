package io.benchtop.service.spawn;

import io.benchtop.service.profile.ServerSpec;
import java.util.List;
import java.util.Optional;

/**
 * Port: servers that are ready before it is known whose they will be. Each has the id that its workspace will have: claiming
 * one is starting generation 1 of that workspace, which finds it there. Discarding and claiming exclude each other: whichever
 * comes second leaves the server to the first. Every verb may be repeated, and {@link #list} finds again whatever was left
 * half made or half discarded.
 */
public interface WarmServers {

    /** Where none can be made. */
    WarmServers NONE = new NoWarmServers();

    /** Names what a server of this specification is made of: one of the same kind does as well. Empty where none can be made. */
    Optional<String> kind(ServerSpec spec);

    /** Those that nobody has claimed; whoever plans by it must know of all. */
    List<WarmServer> list();

    /** The same as last seen, which costs nothing and may be a moment old. */
    List<WarmServer> seen();

    /** Makes one, without waiting until it is ready. */
    void make(WorkspaceId id, ServerSpec spec);

    /** Ends it and leaves nothing of it, unless it was claimed. */
    void discard(WorkspaceId id);
}
