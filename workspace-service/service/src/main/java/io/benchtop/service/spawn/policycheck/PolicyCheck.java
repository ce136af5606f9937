package io.benchtop.service.spawn.policycheck;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was last found out. Every replica of the service tries for itself, so that each can say it; a finding of
 * yesterday is no reason not to look again, because policies and plug-ins change. Thread-safe.
 */
public final class PolicyCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyCheck.class);

    private final ReachProbe probe;
    private final List<Target> forbidden;
    private final Target needed;
    private volatile Finding finding = new Finding.Pending();

    /**
     * @param forbidden what servers must not reach
     * @param needed what every server reaches, which tells a closed network from a broken one
     */
    public PolicyCheck(ReachProbe probe, List<Target> forbidden, Target needed) {
        this.probe = requireNonNull(probe, "probe is null");
        this.forbidden = List.copyOf(forbidden);
        this.needed = requireNonNull(needed, "needed is null");
    }

    /** Tries everything once; may take minutes. */
    public void run() {
        Finding found = Finding.of(attempt(), forbidden, needed);
        finding = found;
        found.warning()
                .ifPresentOrElse(
                        LOG::warn, () -> LOG.info("network policies are enforced forbidden={}", forbidden.size() + 1));
    }

    public Optional<String> warning() {
        return finding.warning();
    }

    /** 1 when it was shown that policies are enforced, 0 when not. */
    public double enforced() {
        return finding instanceof Finding.Enforced ? 1 : 0;
    }

    /** Whether it was found out, for better or worse. */
    public boolean isSettled() {
        return finding instanceof Finding.Enforced || finding instanceof Finding.Open;
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
