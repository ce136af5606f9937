package io.benchtop.service.abtest;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.EndpointWatch;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.Rollout;
import io.benchtop.service.endpoint.Traffic;
import io.benchtop.service.lease.HeldLease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets A/B tests go on with what endpoints do, in the endpoints' looks: they run once both versions have their shares, end where
 * somebody changes the split, and a candidate that is shown to be better gets all requests where that was agreed on. That is done once:
 * the switch and the test's last stage are one transaction, in which the lease is confirmed.
 */
public final class AbTestWatch implements EndpointWatch {

    private static final Duration PRUNED_EVERY = Duration.ofHours(1);
    /** Who took part is of no use once it has ended; what they did is counted. */
    private static final Duration USERS_KEPT = Duration.ofDays(1);

    private final AbTestRepository tests;
    private final EndpointRepository endpoints;
    private final Endpoints verbs;
    private final AbTestNews news;
    private final Transactions transactions;
    private final InstantSource clock;
    private Instant pruned = Instant.MIN;

    public AbTestWatch(
            AbTestRepository tests,
            EndpointRepository endpoints,
            Endpoints verbs,
            AuditTrail audit,
            Transactions transactions,
            InstantSource clock) {
        this.tests = requireNonNull(tests, "tests is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.verbs = requireNonNull(verbs, "verbs is null");
        this.news = new AbTestNews(verbs, audit, clock);
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public void look(HeldLease lease) {
        for (AbTest test : tests.undone()) {
            lease.require();
            endpoints.find(test.endpoint()).ifPresent(endpoint -> goOn(test, endpoint, lease));
        }
        Instant now = clock.instant();
        if (pruned.isBefore(now.minus(PRUNED_EVERY))) {
            pruned = now;
            tests.forgetUsersOfEndedBefore(now.minus(USERS_KEPT));
        }
    }

    /** Who changed the test meanwhile is right; the next look decides anew. */
    private void goOn(AbTest test, Endpoint endpoint, HeldLease lease) {
        if (test.stage() != Stage.BETTER && next(test, endpoint).equals(test)) {
            return;
        }
        transactions.run(() -> tests.change(test.endpoint(), test.number(), before -> {
            if (!before.equals(test)) {
                return before;
            }
            lease.confirm();
            AbTest after = test.stage() == Stage.BETTER ? switched(test) : next(test, endpoint);
            if (!after.isOpen()) {
                news.ended(AuditTrail.SYSTEM, "", endpoint, after);
            }
            return after;
        }));
    }

    private AbTest next(AbTest test, Endpoint endpoint) {
        Instant now = clock.instant();
        if (test.stage() == Stage.RUNNING) {
            return test.isSplit(endpoint) ? test : test.at(Stage.STOPPED, Sentences.splitChanged(), now);
        }
        return switch (endpoint.rollout()) {
            case Rollout.Switching(Traffic target, Instant _) when test.isSplit(target) -> test;
            case Rollout.Stable _ when test.isSplit(endpoint) -> test.at(Stage.RUNNING, "", now);
            case Rollout.RolledBack rolledBack -> test.at(Stage.STOPPED, Sentences.notReady(rolledBack.message()), now);
            case Rollout.Stable _, Rollout.Switching _, Rollout.Canary _ ->
                test.at(Stage.STOPPED, Sentences.splitChanged(), now);
        };
    }

    private AbTest switched(AbTest test) {
        String sentence = Sentences.switched(test);
        boolean done = verbs.switchAll(
                test.endpoint(),
                there -> test.isSplit(there) && there.rollout().isAtRest(),
                test.candidate(),
                "Trial " + test.number() + ": " + sentence);
        return done
                ? test.at(Stage.SWITCHED, sentence, clock.instant())
                : test.at(Stage.STOPPED, Sentences.switchedTooLate(test), clock.instant());
    }
}
