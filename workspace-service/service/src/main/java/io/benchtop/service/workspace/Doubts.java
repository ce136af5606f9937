package io.benchtop.service.workspace;

import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.WorkspaceState.Running;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a replica from acting on an old view. What another replica started runs by the database a moment before the spawner
 * here sees it; only what stays unseen for a while is believed to be gone.
 */
final class Doubts {

    private static final long BELIEVED_AFTER_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<WorkspaceId, Unseen> unseen = new ConcurrentHashMap<>();

    private record Unseen(long generation, long sinceNanos) {}

    /** Whether what is observed may still be from before the server came up. */
    boolean isDoubtful(Workspace workspace, ServerStatus observed) {
        if (!(workspace.state() instanceof Running) || generation(observed) == workspace.generation()) {
            unseen.remove(workspace.id());
            return false;
        }
        Unseen first = unseen.compute(
                workspace.id(),
                (_, known) -> known != null && known.generation() == workspace.generation()
                        ? known
                        : new Unseen(workspace.generation(), System.nanoTime()));
        return System.nanoTime() - first.sinceNanos() < BELIEVED_AFTER_NANOS;
    }

    private static long generation(ServerStatus observed) {
        return switch (observed) {
            case Alive alive -> alive.generation();
            case Ended ended -> ended.generation();
            case ServerStatus.Absent _ -> 0;
        };
    }
}
