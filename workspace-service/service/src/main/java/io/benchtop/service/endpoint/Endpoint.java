package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of an endpoint. Immutable; each method gives the endpoint after something happened.
 *
 * <p>Two rules hold at any time: a version gets a share only once it is ready (a rollout waits for it), and what loses its share
 * runs on for {@link #KEPT_FOR}, so that requests on their way are answered and going back is instant.
 *
 * @param settings what its owner chooses without touching what is served
 * @param traffic who gets what; null until the first version is ready
 * @param shadow null for none
 * @param before the traffic to which a rollback goes back; null if there never was another
 * @param retained versions without a share that still run
 * @param generation counts the changes
 */
public record Endpoint(
        EndpointId id,
        EndpointName name,
        UserName owner,
        Settings settings,
        @Nullable Traffic traffic,
        @Nullable ShadowTraffic shadow,
        Rollout rollout,
        @Nullable Traffic before,
        List<Retained> retained,
        long generation,
        Instant createdAt,
        Instant changedAt) {

    /** Stands for everybody among the callers. */
    public static final String EVERYBODY = "*";

    /** How long a version runs on without a share. */
    public static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private static final int MOST_CALLERS = 100;

    public Endpoint {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(rollout, "rollout is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(changedAt, "changedAt is null");
        retained = List.copyOf(retained);
        if (rollout instanceof Rollout.Canary && traffic == null) {
            throw new IllegalArgumentException("a canary needs something to be compared with");
        }
    }

    /** One that has nothing yet but the wish to serve this version. */
    public static Endpoint first(
            EndpointName name, UserName owner, Settings settings, ServedVersion version, Instant now) {
        return new Endpoint(
                EndpointId.random(),
                name,
                owner,
                settings,
                null,
                null,
                new Rollout.Switching(Traffic.all(version), now),
                null,
                List.of(),
                1,
                now,
                now);
    }

    /**
     * What an owner chooses and changes without touching what is served.
     *
     * @param callers names of those who may call it beside its owner; {@value Endpoint#EVERYBODY} for all who are signed in
     * @param hardware what its model-servers run on, as {@link HardwareOffer} calls it
     */
    public record Settings(Set<String> callers, Sticky sticky, CallLimits limits, Scaling scaling, String hardware) {

        public static final Settings USUAL =
                new Settings(Set.of(), Sticky.NONE, CallLimits.USUAL, Scaling.ONE, HardwareOffer.USUAL);

        public Settings {
            requireNonNull(sticky, "sticky is null");
            requireNonNull(limits, "limits is null");
            requireNonNull(scaling, "scaling is null");
            requireNonNull(hardware, "hardware is null");
            callers = new TreeSet<>(callers);
            if (callers.size() > MOST_CALLERS
                    || !callers.stream()
                            .allMatch(each -> each.equals(EVERYBODY)
                                    || UserName.find(each).isPresent())) {
                throw ProblemException.invalidField(
                        "callers",
                        "must be at most " + MOST_CALLERS + " names of users, or * for everybody who is signed in");
            }
        }

        public Settings withCallers(Set<String> names) {
            return new Settings(names, sticky, limits, scaling, hardware);
        }

        public Settings withSticky(Sticky other) {
            return new Settings(callers, other, limits, scaling, hardware);
        }

        public Settings withLimits(CallLimits other) {
            return new Settings(callers, sticky, other, scaling, hardware);
        }

        public Settings withScaling(Scaling other) {
            return new Settings(callers, sticky, limits, other, hardware);
        }

        public Settings withHardware(String other) {
            return new Settings(callers, sticky, limits, scaling, other);
        }
    }

    public Endpoint with(Settings chosen, Instant now) {
        return new Endpoint(
                id, name, owner, chosen, traffic, shadow, rollout, before, retained, generation + 1, createdAt, now);
    }

    /** The same with these callers; for whoever reads it from where it is kept. */
    public Endpoint calledBy(Set<String> names) {
        return new Endpoint(
                id,
                name,
                owner,
                settings.withCallers(names),
                traffic,
                shadow,
                rollout,
                before,
                retained,
                generation,
                createdAt,
                changedAt);
    }

    public boolean mayCall(UserName user) {
        return owner.equals(user)
                || settings.callers().contains(EVERYBODY)
                || settings.callers().contains(user.value());
    }

    /** Every version that is to run: with a share, on its way to one, in the shadow, or kept for going back. */
    public Set<ServedVersion> wanted() {
        Set<ServedVersion> wanted = new LinkedHashSet<>();
        if (traffic != null) {
            wanted.addAll(traffic.shares().keySet());
        }
        switch (rollout) {
            case Rollout.Switching(Traffic target, Instant _) ->
                wanted.addAll(target.shares().keySet());
            case Rollout.Canary canary -> wanted.add(canary.candidate());
            case Rollout.Stable _, Rollout.RolledBack _ -> {}
        }
        if (shadow != null) {
            wanted.add(shadow.version());
        }
        retained.forEach(kept -> wanted.add(kept.version()));
        return wanted;
    }

    /** This traffic as soon as all that it names are ready; what was on its way before is given up. */
    public Endpoint switching(Traffic target, Instant now) {
        return after(traffic, new Rollout.Switching(target, now), before, now);
    }

    /**
     * Step by step. A candidate that another canary is trying gives what it has back first: nobody would watch over its share any more.
     *
     * @throws ProblemException {@code CONFLICT} if there is nothing yet to compare with
     */
    public Endpoint trying(ServedVersion candidate, CanaryPlan plan, Instant now) {
        Optional<Rollout.Canary> other = otherCanary(candidate);
        if (other.isPresent()) {
            Traffic back = share(other.get().candidate(), other.get().control(), 0);
            return after(back, new Rollout.Stable(now), before, now).trying(candidate, plan, now);
        }
        ServedVersion control = main();
        if (control == null || control.equals(candidate)) {
            return switching(Traffic.all(candidate), now);
        }
        return after(traffic, new Rollout.Canary(candidate, control, plan, Rollout.Canary.WAITING, now), before, now);
    }

    /** One that is on its way and tries another version. */
    Optional<Rollout.Canary> otherCanary(ServedVersion candidate) {
        return rollout instanceof Rollout.Canary running && !running.candidate().equals(candidate)
                ? Optional.of(running)
                : Optional.empty();
    }

    public Endpoint shadowing(@Nullable ShadowTraffic asShadow, Instant now) {
        return new Endpoint(
                id,
                name,
                owner,
                settings,
                traffic,
                asShadow,
                rollout,
                before,
                retained,
                generation + 1,
                createdAt,
                now);
    }

    /** The version with the largest share; null before there is any. */
    public @Nullable ServedVersion main() {
        return traffic == null
                ? null
                : traffic.shares().keySet().stream()
                        .reduce((one, other) -> traffic.weight(other) > traffic.weight(one) ? other : one)
                        .orElse(null);
    }

    /** The canary's next step, which gives the candidate its share. */
    Endpoint stepped(Rollout.Canary canary, int step, Instant now) {
        return after(
                share(canary.candidate(), canary.control(), canary.plan().buckets(step)),
                canary.at(step, now),
                before,
                now);
    }

    /** The candidate gets what the control has left. */
    Endpoint passed(Rollout.Canary canary, Instant now) {
        return settled(share(canary.candidate(), canary.control(), BucketRange.ALL), now);
    }

    /** The switch is made. */
    Endpoint settled(Traffic target, Instant now) {
        Traffic last = traffic;
        return after(target, new Rollout.Stable(now), last == null || last.equals(target) ? before : base(last), now);
    }

    /** Where a rollback after a canary goes: to what was there before it began, not to its last step. */
    private Traffic base(Traffic last) {
        return rollout instanceof Rollout.Canary canary ? share(canary.candidate(), canary.control(), 0) : last;
    }

    /** All that the candidate has goes back to the control. */
    Endpoint takenBack(Rollout.Canary canary, String code, String message, Instant now) {
        return after(
                share(canary.candidate(), canary.control(), 0),
                new Rollout.RolledBack(canary.candidate(), code, message, now),
                before,
                now);
    }

    /** A switch that did not come about: what is served stays. */
    Endpoint givenUp(ServedVersion candidate, String code, String message, Instant now) {
        return after(traffic, new Rollout.RolledBack(candidate, code, message, now), before, now);
    }

    /**
     * Back at once: from a rollout to what was there before it, else to the traffic before the last change, in which the version that
     * is rolled back gets nothing. What does not run any more is started first, and what is served stays until it answers.
     *
     * @throws ProblemException {@code CONFLICT} if there is nothing to go back to
     */
    public Endpoint rolledBack(String reason, Instant now) {
        String message = "Rolled back" + (reason.isBlank() ? "." : ": " + reason.strip());
        return switch (rollout) {
            case Rollout.Canary canary -> takenBack(canary, "ASKED", message, now);
            case Rollout.Switching(Traffic target, Instant _)
            when traffic != null -> givenUp(target.shares().keySet().iterator().next(), "ASKED", message, now);
            default -> {
                Traffic goal = before;
                ServedVersion bad = main();
                if (goal == null || bad == null) {
                    throw ProblemException.of(
                            ErrorCode.CONFLICT,
                            "The endpoint \"" + name
                                    + "\" has served nothing else yet, so there is nothing to go back to.");
                }
                Traffic target = goal.without(bad);
                if (!wanted().containsAll(target.shares().keySet())) {
                    yield switching(target, now);
                }
                // Going back twice goes forth again.
                yield after(target, new Rollout.RolledBack(bad, "ASKED", message, now), traffic, now);
            }
        };
    }

    /** Without what has been kept long enough. */
    Endpoint forgotten(Instant now) {
        List<Retained> left =
                retained.stream().filter(kept -> kept.until().isAfter(now)).toList();
        return left.size() == retained.size()
                ? this
                : new Endpoint(
                        id,
                        name,
                        owner,
                        settings,
                        traffic,
                        shadow,
                        rollout,
                        before,
                        left,
                        generation + 1,
                        createdAt,
                        now);
    }

    private Traffic share(ServedVersion candidate, ServedVersion control, int buckets) {
        Traffic now = traffic;
        if (now == null) {
            throw new IllegalStateException("a canary without traffic");
        }
        Map<ServedVersion, Integer> weights = new LinkedHashMap<>();
        now.shares().keySet().forEach(version -> weights.put(version, now.weight(version)));
        int both = now.weight(candidate) + now.weight(control);
        int granted = Math.min(buckets, both);
        weights.put(control, both - granted);
        weights.put(candidate, granted);
        return now.shifted(weights);
    }

    private Endpoint after(
            @Nullable Traffic nextTraffic, Rollout nextRollout, @Nullable Traffic nextBefore, Instant now) {
        Endpoint next = new Endpoint(
                id,
                name,
                owner,
                settings,
                nextTraffic,
                shadow,
                nextRollout,
                nextBefore,
                List.of(),
                generation + 1,
                createdAt,
                now);
        return next.keeping(this, now);
    }

    /** What the former wanted and this one does not is kept for a while. */
    private Endpoint keeping(Endpoint former, Instant now) {
        Set<ServedVersion> mine = wanted();
        List<Retained> kept = new ArrayList<>();
        former.retained.stream().filter(each -> !mine.contains(each.version())).forEach(kept::add);
        former.wanted().stream()
                .filter(version -> !mine.contains(version)
                        && kept.stream().noneMatch(each -> each.version().equals(version)))
                .forEach(version -> kept.add(new Retained(version, now.plus(KEPT_FOR))));
        return new Endpoint(
                id, name, owner, settings, traffic, shadow, rollout, before, kept, generation, createdAt, now);
    }
}
