package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What an endpoint is on its way to. Times count from when a state began. */
public sealed interface Rollout {

    Instant since();

    /** Whether nothing is on its way, be it because something was taken back. */
    default boolean isAtRest() {
        return this instanceof Stable || this instanceof RolledBack;
    }

    /** Nothing is on its way. */
    record Stable(Instant since) implements Rollout {
        public Stable {
            requireNonNull(since, "since is null");
        }
    }

    /** A version gets this traffic as soon as all that it names are ready. */
    record Switching(Traffic target, Instant since) implements Rollout {
        public Switching {
            requireNonNull(target, "target is null");
            requireNonNull(since, "since is null");
        }
    }

    /**
     * A version gets its share step by step.
     *
     * @param control what it is measured against, and what gets everything if it fails
     * @param step counts from 0; -1 until the candidate is ready
     * @param since when the step began
     */
    record Canary(ServedVersion candidate, ServedVersion control, CanaryPlan plan, int step, Instant since)
            implements Rollout {

        public static final int WAITING = -1;

        public Canary {
            requireNonNull(since, "since is null");
            if (candidate.equals(control)) {
                throw new IllegalArgumentException("a candidate is not its own control: " + candidate);
            }
            if (step < WAITING || step >= plan.steps().size()) {
                throw new IllegalArgumentException("the plan has no step " + step);
            }
        }

        Canary at(int next, Instant now) {
            return new Canary(candidate, control, plan, next, now);
        }
    }

    /**
     * It was taken back.
     *
     * @param code for programs, such as {@code ERROR_RATE}
     * @param message for people: what was measured, and what the bound was
     */
    record RolledBack(ServedVersion candidate, String code, String message, Instant since) implements Rollout {
        public RolledBack {
            requireNonNull(candidate, "candidate is null");
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
            requireNonNull(since, "since is null");
        }
    }
}
