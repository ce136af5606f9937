package io.benchtop.service.spawn.policycheck;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known about the network around servers. */
public sealed interface Finding {

    /** What people are told; empty when all is well. */
    Optional<String> warning();

    /** Nothing is known yet. */
    record Pending() implements Finding {

        @Override
        public Optional<String> warning() {
            return Optional.of(
                    "Whether the cluster enforces network policies is being tried. Look again in some minutes.");
        }
    }

    /** Nothing that is forbidden could be reached. */
    record Enforced() implements Finding {

        @Override
        public Optional<String> warning() {
            return Optional.empty();
        }
    }

    /**
     * Something forbidden could be reached.
     *
     * @param names what, for people
     */
    record Open(List<String> names) implements Finding {

        public Open {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("nothing was reached");
            }
        }

        @Override
        public Optional<String> warning() {
            return Optional.of(
                    "SERVERS ARE NOT KEPT APART: from a pod in the place of a server, " + String.join(", ", names)
                            + " could be reached. The cluster's network plug-in does not enforce network policies, or a policy"
                            + " allows it. Let in only people who trust each other until that is changed.");
        }
    }

    /**
     * It could not be found out.
     *
     * @param reason a clause for people
     */
    record Unclear(String reason) implements Finding {

        public Unclear {
            requireNonNull(reason, "reason is null");
        }

        @Override
        public Optional<String> warning() {
            return Optional.of("Whether the cluster enforces network policies could not be tried: " + reason + ".");
        }
    }

    /** Decides. A pod that reaches nothing at all shows nothing about policies. */
    static Finding of(ReachProbe.Result result, List<Target> forbidden, Target needed) {
        return switch (result) {
            case ReachProbe.NotTried(String reason) -> new Unclear(reason);
            case ReachProbe.Tried tried -> {
                List<String> names = new ArrayList<>();
                if (tried.anotherServer()) {
                    names.add("another server");
                }
                forbidden.stream()
                        .filter(tried.reached()::contains)
                        .map(Target::name)
                        .forEach(names::add);
                if (!names.isEmpty()) {
                    yield new Open(names);
                }
                yield tried.reached().contains(needed)
                        ? new Enforced()
                        : new Unclear("a pod in the place of a server could reach nothing, not even " + needed.name()
                                + " at " + needed.address() + ", which servers need");
            }
        };
    }
}
