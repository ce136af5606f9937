package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.List;

/**
 * The log of a server that starts, for whoever looks at it at a replica that does not start it: there no events tell its
 * lines, so the log's end is read again and again.
 */
public final class StartLogs {

    private static final int LINES = 200;

    private final Spawner spawner;
    private final Reconciler reconciler;

    StartLogs(Spawner spawner, Reconciler reconciler) {
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
    }

    /** For one who looks from now on. */
    public Follower follow(WorkspaceId id) {
        return new Follower(id);
    }

    /** Not thread-safe; used by one stream. */
    public final class Follower {

        private final WorkspaceId id;
        private List<String> known;

        private Follower(WorkspaceId id) {
            this.id = requireNonNull(id, "id is null");
            this.known = tail();
        }

        /** The lines that came since the last call; none where events tell them. */
        public List<String> newLines() {
            List<String> now = tail();
            List<String> fresh = reconciler.worksOn(id) ? List.of() : now.subList(overlap(known, now), now.size());
            known = now;
            return fresh;
        }

        private List<String> tail() {
            return spawner.logTail(id, LINES);
        }
    }

    /** With how many lines of the earlier end the later one begins. */
    static int overlap(List<String> earlier, List<String> later) {
        for (int length = Math.min(earlier.size(), later.size()); length > 0; length--) {
            if (earlier.subList(earlier.size() - length, earlier.size()).equals(later.subList(0, length))) {
                return length;
            }
        }
        return 0;
    }
}
