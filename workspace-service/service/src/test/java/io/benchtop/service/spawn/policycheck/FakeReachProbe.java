package io.benchtop.service.spawn.policycheck;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network at will: what is in {@link #open} can be reached. */
public final class FakeReachProbe implements ReachProbe {

    /** Names of targets. */
    public final Set<String> open = new HashSet<>();

    public boolean anotherServer;
    public @Nullable String refusal;

    @Override
    public Result probe(List<Target> forbidden, Target needed) {
        if (refusal != null) {
            return new NotTried(refusal);
        }
        Set<Target> reached = new HashSet<>(forbidden);
        reached.add(needed);
        reached.removeIf(target -> !open.contains(target.name()));
        return new Tried(reached, anotherServer);
    }
}
