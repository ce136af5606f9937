package io.benchtop.proxy.relay;

import com.google.gson.Gson;
import io.benchtop.proxy.control.ControlPlane;
import io.benchtop.proxy.routing.RouteEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a person last did something in each workspace, and how many WebSockets are open there. What a browser sends by
 * itself does not count: pongs, and the polling that an open tab does.
 */
public final class Activity {

    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);

    private final InstantSource clock;
    private final Gson gson = new Gson();
    private final Map<String, OfRoute> routes = new ConcurrentHashMap<>();

    public Activity(InstantSource clock) {
        this.clock = clock;
    }

    /** The activity of one route. */
    static final class OfRoute {

        private final AtomicInteger openTunnels = new AtomicInteger();
        private volatile long lastMillis;
        private volatile boolean changed = true;

        void touch(long nowMillis) {
            lastMillis = nowMillis;
            changed = true;
        }

        void opened() {
            openTunnels.incrementAndGet();
            changed = true;
        }

        void closed() {
            openTunnels.decrementAndGet();
            changed = true;
        }
    }

    private record Report(String prefix, String lastActivity, int openTunnels) {}

    OfRoute of(RouteEntry entry) {
        return routes.computeIfAbsent(entry.route().prefix(), prefix -> new OfRoute());
    }

    /** Tells workspace-service what changed since the last report. What could not be told is told next time. */
    public void report(ControlPlane control) {
        List<Report> reports = new ArrayList<>();
        List<OfRoute> told = new ArrayList<>();
        routes.forEach((prefix, activity) -> {
            if (activity.lastMillis > 0 && (activity.changed || activity.openTunnels.get() > 0)) {
                activity.changed = false;
                told.add(activity);
                String last = Instant.ofEpochMilli(activity.lastMillis).toString();
                reports.add(new Report(prefix, last, activity.openTunnels.get()));
            }
        });
        if (reports.isEmpty()) {
            return;
        }
        try {
            control.post("/internal/activity", gson.toJson(reports));
        } catch (IOException e) {
            told.forEach(activity -> activity.changed = true);
            LOG.debug("activity could not be reported reason={}", e.toString());
        }
    }

    /** Forgets routes that are gone from the table and idle, so that the map cannot grow for ever. */
    public void retainOnly(Predicate<String> exists) {
        routes.entrySet().removeIf(entry -> entry.getValue().openTunnels.get() == 0 && !exists.test(entry.getKey()));
    }

    long now() {
        return clock.millis();
    }
}
