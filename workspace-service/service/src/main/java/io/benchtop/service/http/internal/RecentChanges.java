package io.benchtop.service.http.internal;

import io.benchtop.service.change.Change;
import io.benchtop.service.change.Revision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last changes, for watchers that come from another replica or from a moment ago. Its owner sees to the order of calls. */
final class RecentChanges {

    static final int REMEMBERED = 2000;

    /** For so long a replica may take to see what another one did. */
    private static final long SETTLED_NANOS = Duration.ofMinutes(1).toNanos();

    /**
     * What a watcher is to be told, each subject once.
     *
     * @param toRepeat what it may have been told wrongly
     * @param toTell what it has not been told, in order
     */
    record Missed(Collection<Change> toRepeat, Collection<Change> toTell) {}

    private record Heard(Change change, long atNanos) {}

    private final Deque<Heard> changes = new ArrayDeque<>();

    void add(Change change) {
        changes.addLast(new Heard(change, System.nanoTime()));
        if (changes.size() > REMEMBERED) {
            changes.removeFirst();
        }
    }

    /** Forgets what it knew, takes over what the log has up to this place, and goes on from there. */
    void begin(List<Change> logged, Revision place) {
        changes.clear();
        logged.stream()
                .filter(change -> change.revision().number() <= place.number())
                .forEach(this::add);
    }

    /** Empty if that revision is not known. */
    Optional<Missed> since(Revision revision) {
        List<Change> before = new ArrayList<>();
        Map<String, Change> after = new LinkedHashMap<>();
        boolean found = false;
        for (Heard heard : changes) {
            Change change = heard.change();
            if (found && change.kind() != Change.Kind.UNKNOWN) {
                // The last one of a subject stands for all, in its own place.
                after.remove(change.subject());
                after.put(change.subject(), change);
            } else if (!found && System.nanoTime() - heard.atNanos() < SETTLED_NANOS) {
                before.add(change);
            }
            found |= change.revision().equals(revision);
        }
        return found ? Optional.of(new Missed(doubtful(before, after), after.values())) : Optional.empty();
    }

    private static Collection<Change> doubtful(List<Change> before, Map<String, Change> after) {
        Map<String, Change> last = new LinkedHashMap<>();
        before.stream()
                .filter(change ->
                        change.kind() == Change.Kind.WORKSPACE_CHANGED && !after.containsKey(change.subject()))
                .forEach(change -> last.put(change.subject(), change));
        return last.values();
    }
}
