package io.benchtop.service.abtest;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.BucketRange;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.endpoint.Traffic;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.trial.Judgement.Conclusive;
import io.benchtop.service.trial.Judgement.Invalid;
import io.benchtop.service.trial.Judgement.NotYet;
import io.benchtop.service.trial.Tally;
import io.benchtop.service.trial.Trial;
import java.time.Instant;
import java.util.List;

/**
 * An A/B test on an endpoint. Immutable; each method gives the test after something happened.
 *
 * <p>Users are told apart by buckets, so a test stands and falls with the split it began with: who changes that ends it. It is judged
 * with the outcomes that bring it to its next look, {@value #LOOKS} of them on the way to its horizon and one at it, and not at every
 * outcome: the guard of the sample ratio allows for some dozens of looks, not for tens of thousands. The first judgement that says
 * more than "not yet" is the last.
 *
 * @param number counts the tests of the endpoint from 1
 * @param metric what a conversion is, in the words of whoever began it
 * @param buckets the candidate's; the control has all others
 * @param sticky by what users were told apart when it began
 * @param switches whether a better candidate gets all requests by itself
 * @param since when its stage began
 * @param message on its stage, for people; empty while it waits or runs
 */
public record AbTest(
        EndpointId endpoint,
        int number,
        String metric,
        ServedVersion control,
        ServedVersion candidate,
        List<BucketRange> buckets,
        Sticky sticky,
        Trial trial,
        boolean switches,
        Tally ofControl,
        Tally ofCandidate,
        Stage stage,
        Instant since,
        String message,
        UserName startedBy,
        Instant startedAt) {

    private static final int LOOKS = 50;

    public AbTest {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(metric, "metric is null");
        requireNonNull(sticky, "sticky is null");
        requireNonNull(trial, "trial is null");
        requireNonNull(ofControl, "ofControl is null");
        requireNonNull(ofCandidate, "ofCandidate is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(since, "since is null");
        requireNonNull(message, "message is null");
        requireNonNull(startedBy, "startedBy is null");
        requireNonNull(startedAt, "startedAt is null");
        buckets = List.copyOf(buckets);
        if (number < 1 || control.equals(candidate) || buckets.isEmpty()) {
            throw new IllegalArgumentException("not an A/B test: " + number + ", " + control + ", " + candidate);
        }
    }

    /** One that waits until its versions share the requests. */
    static AbTest first(
            Endpoint endpoint,
            int number,
            Proposal proposal,
            ServedVersion control,
            ServedVersion candidate,
            Traffic target,
            UserName by,
            Instant now) {
        return new AbTest(
                endpoint.id(),
                number,
                proposal.metric(),
                control,
                candidate,
                target.shares().getOrDefault(candidate, List.of()),
                endpoint.settings().sticky(),
                proposal.trial(),
                proposal.switches(),
                new Tally(0, 0),
                new Tally(0, 0),
                Stage.WAITING,
                now,
                "",
                by,
                now);
    }

    /** Whether somebody has still to look after it. */
    public boolean isUndone() {
        return switch (stage) {
            case WAITING, RUNNING -> true;
            case BETTER -> switches;
            case SWITCHED, NOT_BETTER, NO_DIFFERENCE, INVALID, STOPPED -> false;
        };
    }

    boolean isOpen() {
        return stage == Stage.WAITING || stage == Stage.RUNNING;
    }

    /** Whether the endpoint's users meet the versions as agreed on. */
    boolean isSplit(Endpoint endpoint) {
        Traffic traffic = endpoint.traffic();
        return traffic != null
                && isSplit(traffic)
                && sticky.equals(endpoint.settings().sticky());
    }

    boolean isSplit(Traffic traffic) {
        return traffic.shares().size() == 2
                && traffic.shares().containsKey(control)
                && buckets.equals(traffic.shares().get(candidate));
    }

    boolean isOfCandidate(int bucket) {
        return buckets.stream().anyMatch(range -> range.from() <= bucket && bucket < range.to());
    }

    /** Of the smaller side, which a horizon counts. */
    public long users() {
        return Math.min(ofControl.users(), ofCandidate.users());
    }

    /** With more users and conversions, and what may be said then. */
    AbTest counted(Gain.Both gains, Instant now) {
        AbTest after = with(gains.control().to(ofControl), gains.candidate().to(ofCandidate), stage, since, message);
        if (after.look() == look()) {
            return after;
        }
        return switch (trial.judge(after.ofControl, after.ofCandidate)) {
            case NotYet _ -> after;
            case Invalid(String reason) -> after.at(Stage.INVALID, Sentences.invalid(after, reason), now);
            case Conclusive end -> {
                Stage stage = switch (end.verdict()) {
                    case SWITCH -> Stage.BETTER;
                    case STAY -> Stage.NOT_BETTER;
                    case NO_DIFFERENCE -> Stage.NO_DIFFERENCE;
                };
                yield after.at(stage, Sentences.end(after, stage, end.estimate()), now);
            }
        };
    }

    /** Counts all users, because a side that gets none must be noticed as well; the horizon is a look of its own. */
    private long look() {
        double smaller = Math.min(trial.candidateShare(), 1 - trial.candidateShare());
        long all = ofControl.users() + ofCandidate.users();
        return (long) (all * smaller * LOOKS / trial.horizon()) + (users() >= trial.horizon() ? 1 : 0);
    }

    AbTest at(Stage next, String text, Instant now) {
        return with(ofControl, ofCandidate, next, now, text);
    }

    private AbTest with(Tally controls, Tally candidates, Stage nextStage, Instant nextSince, String text) {
        return new AbTest(
                endpoint,
                number,
                metric,
                control,
                candidate,
                buckets,
                sticky,
                trial,
                switches,
                controls,
                candidates,
                nextStage,
                nextSince,
                text,
                startedBy,
                startedAt);
    }
}
