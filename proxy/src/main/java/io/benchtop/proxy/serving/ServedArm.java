package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One arm of one {@link Plan} with its live model-servers. */
final class ServedArm {

    private final EndpointRoute.Arm arm;
    private final ModelTarget[] targets;
    private final ArmTraffic traffic;
    private final boolean wasSeenServing;
    private final long changedNanos;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param former the same arm of the plan before; null if it had none */
    ServedArm(
            EndpointRoute.Arm arm,
            List<ModelTarget> targets,
            ArmTraffic traffic,
            @Nullable ServedArm former,
            long nowNanos) {
        this.arm = arm;
        this.targets = targets.toArray(ModelTarget[]::new);
        this.traffic = traffic;
        this.wasSeenServing = former != null && (former.wasSeenServing || former.isReady());
        this.changedNanos = former != null && former.arm.state() == arm.state() ? former.changedNanos : nowNanos;
    }

    EndpointRoute.Arm route() {
        return arm;
    }

    String version() {
        return arm.version();
    }

    ArmTraffic traffic() {
        return traffic;
    }

    boolean isReady() {
        return arm.state() == EndpointRoute.ArmState.READY && targets.length > 0;
    }

    boolean hasFailed() {
        return arm.state() == EndpointRoute.ArmState.FAILED;
    }

    /** Whether it served, and failed so lately that its model-servers are likely being started again. */
    boolean failedWithin(long nanos, long nowNanos) {
        return hasFailed() && wasSeenServing && nowNanos - changedNanos < nanos;
    }

    List<ModelTarget> targets() {
        return List.of(targets);
    }

    /**
     * The model-server with the least to do, in turn among equals. Those that broke lately come last rather than never: with
     * nobody else left, one that may be back is better than none.
     *
     * @param tried who is not to have this call
     */
    @Nullable
    ModelTarget choose(Predicate<ModelTarget> tried, long nowNanos) {
        int count = targets.length;
        int start = count < 2 ? 0 : Math.floorMod(turn.getAndIncrement(), count);
        ModelTarget best = null;
        for (int i = 0; i < count; i++) {
            ModelTarget candidate = targets[(start + i) % count];
            if (!tried.test(candidate) && (best == null || isBetter(candidate, best, nowNanos))) {
                best = candidate;
            }
        }
        return best;
    }

    /** Whether {@link #choose} would find one. */
    boolean hasMoreThan(Predicate<ModelTarget> tried) {
        for (ModelTarget target : targets) {
            if (!tried.test(target)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBetter(ModelTarget candidate, ModelTarget best, long nowNanos) {
        long avoided = Math.max(candidate.avoidedFor(nowNanos), 0);
        long bestAvoided = Math.max(best.avoidedFor(nowNanos), 0);
        return avoided == bestAvoided
                ? candidate.inFlight().get() < best.inFlight().get()
                : avoided < bestAvoided;
    }
}
