package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointRoute.Arm;
import io.benchtop.api.routing.EndpointRoute.ArmState;
import io.benchtop.api.routing.EndpointRoute.Limits;
import io.benchtop.api.routing.EndpointRoute.Range;
import io.benchtop.api.routing.EndpointRoute.Sticky;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes of endpoints for tests. */
final class Routes {

    static final String COOKIE_KEY = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    private Routes() {}

    static EndpointRoute of(Sticky sticky, Arm... arms) {
        return new EndpointRoute(
                "iris", "ep_1", "olga", List.of("alice"), "salt-1", sticky, List.of(arms), null, Limits.NONE, null, 1);
    }

    static Arm arm(String version, int from, int to) {
        return new Arm(version, "iris", List.of(new Range(from, to)), ArmState.READY, List.of());
    }

    /** Two arms of which the second has that share of 10,000. */
    static EndpointRoute split(@Nullable String header, int second) {
        return of(
                new Sticky(header, false, null),
                arm("1.0.0", 0, 10_000 - second),
                arm("2.0.0", 10_000 - second, 10_000));
    }
}
