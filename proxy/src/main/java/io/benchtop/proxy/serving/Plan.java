package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointRoute.Range;
import io.benchtop.proxy.auth.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One version of one endpoint's route, made ready for looking up. Immutable but for what its model-servers count. */
final class Plan {

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private record Share(Range range, ServedArm arm) {}

    /** A model-server is the same one only while it serves the same version. */
    record Place(String version, EndpointRoute.Target target) {}

    private final EndpointRoute route;
    private final Set<String> callers;
    private final Set<String> spent;
    private final @Nullable StickyCookie cookie;
    private final Map<String, ServedArm> byVersion = new HashMap<>();
    private final Map<Place, ModelTarget> targets = new LinkedHashMap<>();
    private final int[] starts;
    private final ServedArm[] owners;

    /** Keeps the model-servers of the plan before that are still there. */
    Plan(EndpointRoute route, @Nullable Plan before, Function<String, ArmTraffic> traffic, long nowNanos) {
        this.route = route;
        this.callers = Set.copyOf(route.callers());
        this.spent = route.spent() == null ? Set.of() : Set.copyOf(route.spent().clients());
        this.cookie = route.sticky().cookie() ? new StickyCookie(route) : null;
        List<Share> shares = new ArrayList<>();
        for (EndpointRoute.Arm arm : route.arms()) {
            List<ModelTarget> living = arm.targets().stream()
                    .distinct()
                    .map(target -> living(new Place(arm.version(), target), before))
                    .toList();
            ServedArm former = before == null ? null : before.arm(arm.version());
            ServedArm served = new ServedArm(arm, living, traffic.apply(arm.version()), former, nowNanos);
            byVersion.put(arm.version(), served);
            arm.ranges().stream()
                    .filter(range -> range.size() > 0)
                    .forEach(range -> shares.add(new Share(range, served)));
        }
        shares.sort(Comparator.comparingInt(share -> share.range().from()));
        starts = shares.stream().mapToInt(share -> share.range().from()).toArray();
        owners = shares.stream().map(Share::arm).toArray(ServedArm[]::new);
    }

    private ModelTarget living(Place place, @Nullable Plan before) {
        ModelTarget known = before == null ? null : before.targets.get(place);
        ModelTarget target = known == null ? new ModelTarget(place.target()) : known;
        targets.put(place, target);
        return target;
    }

    EndpointRoute route() {
        return route;
    }

    @Nullable
    StickyCookie cookie() {
        return cookie;
    }

    /** The arm that owns the bucket. */
    ServedArm arm(int bucket) {
        int place = Arrays.binarySearch(starts, bucket);
        return owners[place < 0 ? -place - 2 : place];
    }

    @Nullable
    ServedArm arm(String version) {
        return byVersion.get(version);
    }

    @Nullable
    ServedArm shadow() {
        EndpointRoute.Shadow shadow = route.shadow();
        return shadow == null ? null : byVersion.get(shadow.version());
    }

    /** A token for one endpoint opens that one only, and only as far as its user may. */
    boolean mayCall(Principal who) {
        boolean right = who.opensEndpoint(route.name());
        return right
                && (who.user().equals(route.owner())
                        || callers.contains(who.user())
                        || callers.contains(EndpointRoute.EVERYBODY));
    }

    /** For how many seconds the client's quota stays spent; 0 if it is not. */
    long spentForSeconds(String client, InstantSource clock) {
        EndpointRoute.Spent day = route.spent();
        if (day == null || !spent.contains(client)) {
            return 0;
        }
        return Math.max(0, (day.epochDay() + 1) * DAY_SECONDS - clock.instant().getEpochSecond());
    }

    /** Everybody who may call may name a version that has a share; the owner in person every one. */
    boolean mayName(Principal who, ServedArm arm) {
        return arm.route().hasShare() || (who.user().equals(route.owner()) && !who.isForOneEndpoint());
    }

    /** The model-servers that the other plan does not have. */
    List<ModelTarget> targetsMissingIn(@Nullable Plan other) {
        return targets.entrySet().stream()
                .filter(entry -> other == null || !other.targets.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
