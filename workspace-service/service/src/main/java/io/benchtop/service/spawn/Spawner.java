package io.benchtop.service.spawn;

import io.benchtop.service.identity.UserName;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Port: runs servers. Every verb may be repeated, also after a crash in the middle of it: what exists is adopted, what is
 * gone is gone. A spawner keeps no memory of its own that matters; {@link #list} is the truth from which everything can be
 * found again. For one workspace verbs are called one at a time.
 *
 * <p>While what runs the servers does not answer, what was known is told further on; a verb that cannot do without an answer
 * throws {@link SpawnerAway}, except for {@link #start}, which waits. Nothing is ever told to be gone because of an outage.
 */
public interface Spawner {

    /**
     * Starts the server and returns when it answers, or when it is clear that it will not. A server of the same generation
     * that lives already is waited for; one of another generation is stopped first.
     */
    StartOutcome start(SpawnRequest request, StartWatch watch);

    /** Ends the server with everything below it, and returns when it is gone. */
    void stop(WorkspaceId id);

    ServerStatus poll(WorkspaceId id);

    /** Every live server, also those that nobody wants any more. */
    Map<WorkspaceId, ServerStatus.Alive> list();

    /** The last lines of its log; of the last run if it is stopped. */
    List<String> logTail(WorkspaceId id, int lines);

    /** The memory that its processes use now; empty without a server or where it cannot be told. */
    OptionalLong memoryBytes(WorkspaceId id);

    /** Gives the server a fresh token in time; called every few seconds, does nothing most of the time. */
    void renewToken(WorkspaceId id, long generation, UserName owner);

    /** Removes what is kept about a server that is stopped; the home is not part of it. */
    void forget(WorkspaceId id);
}
