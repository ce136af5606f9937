package io.benchtop.service.abtest;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.Endpoints.Strategy;
import io.benchtop.service.endpoint.Rollout;
import io.benchtop.service.endpoint.Servable;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.endpoint.Traffic;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs do with A/B tests. Who may call an endpoint sees its tests; its owner, and a program with a token of the
 * endpoint, tells outcomes, because who does so may make a version win.
 *
 * <p>The unit is a user, known by the key that keeps it with one version. It is in the test from its first outcome on, and its side is
 * that of its bucket, computed here just as proxies do: nothing has to be remembered when a request is answered.
 */
public final class AbTests {

    private static final int MOST_OUTCOMES = 10_000;
    private static final int LONGEST_KEY = 256;

    private final AbTestRepository tests;
    private final Endpoints endpoints;
    private final Servable servable;
    private final AbTestNews news;
    private final Transactions transactions;
    private final InstantSource clock;

    public AbTests(
            AbTestRepository tests,
            Endpoints endpoints,
            Servable servable,
            AuditTrail audit,
            Transactions transactions,
            InstantSource clock) {
        this.tests = requireNonNull(tests, "tests is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.servable = requireNonNull(servable, "servable is null");
        this.news = new AbTestNews(endpoints, audit, clock);
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Splits the requests and begins to count as soon as both versions answer. */
    public AbTest begin(Caller caller, EndpointName name, Proposal proposal) {
        Endpoint endpoint = endpoints.changeable(caller, name);
        ServedVersion main = endpoint.main();
        Sticky sticky = proposal.sticky() == null ? endpoint.settings().sticky() : proposal.sticky();
        requireReady(endpoint, main, sticky);
        String model = requireNonNull(main).model();
        String asControl = proposal.control();
        ServedVersion control = asControl == null ? main : servable.promotable(caller, model, asControl);
        ServedVersion candidate = servable.promotable(caller, model, proposal.candidate());
        if (control.equals(candidate)) {
            throw ProblemException.invalidField(
                    "candidate", "is " + candidate.version() + ", which is the control as well; name another version");
        }
        Map<String, Double> percents = percents(control, candidate, proposal);
        return transactions.call(() -> {
            Endpoint split = endpoints.promote(
                    caller,
                    name,
                    model,
                    candidate.version(),
                    new Strategy.Split(percents),
                    before -> before.withSticky(sticky));
            if (!(split.rollout() instanceof Rollout.Switching(Traffic target, Instant _))) {
                throw new IllegalStateException("a split is a switch");
            }
            int number = 1 + tests.last(split.id()).map(AbTest::number).orElse(0);
            AbTest test =
                    AbTest.first(split, number, proposal, control, candidate, target, caller.user(), clock.instant());
            if (!tests.insert(test)) {
                throw busy(endpoint);
            }
            news.began(caller, split, test);
            return test;
        });
    }

    private void requireReady(Endpoint endpoint, @Nullable ServedVersion main, Sticky sticky) {
        if (main == null || !endpoint.rollout().isAtRest()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Something is on its way at the endpoint \"" + endpoint.name()
                            + "\". Wait until it is through, or roll it back, then begin the trial.");
        }
        if (sticky.equals(Sticky.NONE)) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Nothing keeps a user of the endpoint \"" + endpoint.name()
                            + "\" with one version, so users would meet both. Set its sticky header, such as X-User-Id, then begin the"
                            + " trial.");
        }
        if (tests.last(endpoint.id()).filter(AbTest::isUndone).isPresent()) {
            throw busy(endpoint);
        }
    }

    private static ProblemException busy(Endpoint endpoint) {
        return ProblemException.of(
                ErrorCode.CONFLICT,
                "A trial is on its way at the endpoint \"" + endpoint.name()
                        + "\" already. Wait for its end, or stop it, then begin another.");
    }

    /** In whole buckets, so that they add up. */
    private static Map<String, Double> percents(ServedVersion control, ServedVersion candidate, Proposal proposal) {
        long buckets = Math.round(proposal.trial().candidateShare() * EndpointRoute.BUCKETS);
        Map<String, Double> percents = new LinkedHashMap<>();
        percents.put(control.version(), (EndpointRoute.BUCKETS - buckets) / 100.0);
        percents.put(candidate.version(), buckets / 100.0);
        return percents;
    }

    /** Ends it before anything can be said. */
    public AbTest stop(Caller caller, EndpointName name, int number) {
        Endpoint endpoint = endpoints.changeable(caller, name);
        return transactions.call(() -> tests.change(endpoint.id(), number, before -> {
                    if (!before.isOpen()) {
                        throw ProblemException.of(
                                ErrorCode.CONFLICT,
                                "Trial " + number + " of the endpoint \"" + name + "\" has ended already.");
                    }
                    AbTest after = before.at(
                            Stage.STOPPED, Sentences.stopped(caller.user().value()), clock.instant());
                    news.ended(caller.user().value(), caller.address(), endpoint, after);
                    return after;
                })
                .orElseThrow(() -> notFound(name, number)));
    }

    public AbTest get(Caller caller, EndpointName name, int number) {
        return tests.find(endpoints.get(caller, name).id(), number).orElseThrow(() -> notFound(name, number));
    }

    /** The newest first. */
    public List<AbTest> list(Caller caller, EndpointName name) {
        return tests.list(endpoints.get(caller, name).id());
    }

    private static ProblemException notFound(EndpointName name, int number) {
        return ProblemException.notFound("trial", name + "/" + number);
    }

    /** What a report told that was new, and the test after it. */
    public record Report(AbTest test, long users, long conversions) {}

    /**
     * Counts what users of the newest test did, all or nothing. Nothing is counted unless it runs, and the split is as agreed on at
     * this moment.
     */
    public Report report(Caller caller, EndpointName name, List<Outcome> outcomes) {
        Endpoint endpoint = endpoints.changeable(caller, name);
        if (outcomes.isEmpty() || outcomes.size() > MOST_OUTCOMES) {
            throw ProblemException.invalidField("outcomes", "must be 1 to " + MOST_OUTCOMES);
        }
        AbTest newest = tests.last(endpoint.id())
                .orElseThrow(() -> ProblemException.of(
                        ErrorCode.CONFLICT,
                        "No trial was begun at the endpoint \"" + name
                                + "\", so there is nothing to count outcomes of."));
        List<Placed> placed = placed(endpoint, newest, outcomes);
        List<Gain.Both> gains = new ArrayList<>();
        Optional<AbTest> after = transactions.call(() -> tests.change(endpoint.id(), newest.number(), before -> {
            if (before.stage() != Stage.RUNNING || !before.isSplit(endpoint)) {
                return before;
            }
            Gain.Both gain = tests.add(before, placed);
            gains.add(gain);
            AbTest counted = before.counted(gain, clock.instant());
            if (!counted.isOpen()) {
                news.ended(AuditTrail.SYSTEM, "", endpoint, counted);
            }
            return counted;
        }));
        return new Report(
                after.orElseThrow(() -> notFound(name, newest.number())),
                gains.stream().mapToLong(Gain.Both::users).sum(),
                gains.stream().mapToLong(Gain.Both::conversions).sum());
    }

    private static List<Placed> placed(Endpoint endpoint, AbTest test, List<Outcome> outcomes) {
        List<ProblemException.FieldError> errors = new ArrayList<>();
        Map<String, Placed> users = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.size() && errors.size() < 10; i++) {
            Outcome outcome = outcomes.get(i);
            String field = "outcomes[" + i + "]";
            if (!isKey(outcome.key())) {
                errors.add(
                        new ProblemException.FieldError(
                                field + ".key",
                                "must be 1 to " + LONGEST_KEY
                                        + " visible ASCII characters, just as they are sent in the header that keeps a user with its version"));
                continue;
            }
            String version = version(endpoint, test, outcome);
            String wrong = wrong(test, outcome, version);
            if (wrong != null) {
                errors.add(new ProblemException.FieldError(field + ".version", wrong));
            } else {
                users.merge(
                        outcome.key(),
                        Placed.of(
                                endpoint.id(),
                                outcome,
                                test.candidate().version().equals(version)),
                        Placed::and);
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalidFields(errors);
        }
        return List.copyOf(users.values());
    }

    /** Where a header names the user its bucket tells, and else whoever saw the answer. */
    private static @Nullable String version(Endpoint endpoint, AbTest test, Outcome outcome) {
        if (test.sticky().header() == null) {
            return outcome.version();
        }
        int bucket = EndpointRoute.bucketOf(endpoint.id().value(), outcome.key());
        return (test.isOfCandidate(bucket) ? test.candidate() : test.control()).version();
    }

    private static @Nullable String wrong(AbTest test, Outcome outcome, @Nullable String version) {
        String both = test.control().version() + " or " + test.candidate().version();
        if (version == null) {
            return "is missing: this endpoint has no sticky header that tells it, so say which version answered, "
                    + both;
        }
        if (!version.equals(test.control().version())
                && !version.equals(test.candidate().version())) {
            return "is " + version + ", which is not in the trial; it must be " + both;
        }
        return outcome.version() == null || outcome.version().equals(version)
                ? null
                : "is " + outcome.version() + ", but this key meets " + version + "; send the key of the sticky header";
    }

    private static boolean isKey(String key) {
        return !key.isEmpty()
                && key.length() <= LONGEST_KEY
                && key.equals(key.strip())
                && key.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }
}
