package io.benchtop.service.spawn.policycheck;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was last found out. Every replica of the service tries for itself, so that each can say it; a finding of
 * yesterday is no reason not to look again, because policies and plug-ins change. Bad news is looked at again soon, because
 * whoever mended it waits for that, and rules that reach a busy node late look like none; but less and less often, because a
 * cluster may have no plug-in at all. One thread runs it, any thread may ask.
 */
public final class PolicyCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyCheck.class);

    private final ReachProbe probe;
    private final List<Target> forbidden;
    private final Target needed;
    private final Duration retry;
    private final Duration every;
    private Duration nextRetry;
    private volatile Finding finding = new Finding.Pending();

    /**
     * @param forbidden what servers must not reach
     * @param needed what every server reaches, which tells a closed network from a broken one
     * @param retry how soon to look again after bad news, the first time
     * @param every how long good news is believed, and the longest that bad news is
     */
    public PolicyCheck(ReachProbe probe, List<Target> forbidden, Target needed, Duration retry, Duration every) {
        this.probe = requireNonNull(probe, "probe is null");
        this.forbidden = List.copyOf(forbidden);
        this.needed = requireNonNull(needed, "needed is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.every = requireNonNull(every, "every is null");
        nextRetry = retry;
    }

    /**
     * Tries everything once; may take minutes.
     *
     * @return how long to wait before the next time
     */
    public Duration run() {
        Finding found = Finding.of(attempt(), forbidden, needed);
        finding = found;
        found.warning()
                .ifPresentOrElse(
                        LOG::warn, () -> LOG.info("network policies are enforced forbidden={}", forbidden.size() + 1));
        if (found instanceof Finding.Enforced) {
            nextRetry = retry;
            return every;
        }
        Duration wait = nextRetry;
        Duration doubled = wait.multipliedBy(2);
        nextRetry = doubled.compareTo(every) < 0 ? doubled : every;
        return wait;
    }

    public Optional<String> warning() {
        return finding.warning();
    }

    /** 1 when it was shown that policies are enforced, 0 when not. */
    public double enforced() {
        return finding instanceof Finding.Enforced ? 1 : 0;
    }

    private ReachProbe.Result attempt() {
        try {
            return probe.probe(forbidden, needed);
        } catch (RuntimeException e) {
            LOG.warn("the network could not be tried", e);
            return new ReachProbe.NotTried("the pod that tries it could not be run, see the service's log");
        }
    }
}
