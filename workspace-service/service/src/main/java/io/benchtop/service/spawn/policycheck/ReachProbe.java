package io.benchtop.service.spawn.policycheck;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/** Port: tries connections from a place where servers run, under the rules that hold for servers. */
public interface ReachProbe {

    /** How it went. */
    sealed interface Result {}

    /**
     * Everything was tried.
     *
     * @param reached those that a connection could be opened to
     * @param anotherServer whether a pod like a server could be reached too
     */
    record Tried(Set<Target> reached, boolean anotherServer) implements Result {

        public Tried {
            reached = Set.copyOf(reached);
        }
    }

    /**
     * It could not be tried.
     *
     * @param reason a clause for people
     */
    record NotTried(String reason) implements Result {

        public NotTried {
            requireNonNull(reason, "reason is null");
        }
    }

    /**
     * Tries each target, and another pod in the place of a server; may take minutes. Rules take a moment to hold for what has
     * just started, so what counts is whether a target is still reached after that, and whether the one that servers need is
     * reached by then.
     */
    Result probe(List<Target> forbidden, Target needed);
}
