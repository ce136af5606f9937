package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One arm of one {@link Plan} with its live model-servers. */
final class ServedArm {

    private final EndpointRoute.Arm arm;
    private final ModelTarget[] targets;
    private final ArmTraffic traffic;
    private final AtomicInteger turn = new AtomicInteger();

    ServedArm(EndpointRoute.Arm arm, List<ModelTarget> targets, ArmTraffic traffic) {
        this.arm = arm;
        this.targets = targets.toArray(ModelTarget[]::new);
        this.traffic = traffic;
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

    List<ModelTarget> targets() {
        return List.of(targets);
    }

    /**
     * The model-server with the least to do, in turn among equals. Those that broke lately come last rather than never: with
     * nobody else left, one that may be back is better than none.
     *
     * @param tried who had this call already
     */
    @Nullable
    ModelTarget choose(Collection<ModelTarget> tried, long nowNanos) {
        int count = targets.length;
        int start = count < 2 ? 0 : Math.floorMod(turn.getAndIncrement(), count);
        ModelTarget best = null;
        for (int i = 0; i < count; i++) {
            ModelTarget candidate = targets[(start + i) % count];
            if (!tried.contains(candidate) && (best == null || isBetter(candidate, best, nowNanos))) {
                best = candidate;
            }
        }
        return best;
    }

    private static boolean isBetter(ModelTarget candidate, ModelTarget best, long nowNanos) {
        long avoided = Math.max(candidate.avoidedFor(nowNanos), 0);
        long bestAvoided = Math.max(best.avoidedFor(nowNanos), 0);
        return avoided == bestAvoided
                ? candidate.inFlight().get() < best.inFlight().get()
                : avoided < bestAvoided;
    }
}
