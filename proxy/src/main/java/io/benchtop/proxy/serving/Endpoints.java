package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointUsage;
import io.benchtop.proxy.control.ControlPlane;
import io.benchtop.proxy.routing.FeedListener;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All endpoints as they are now; follows the feed. Looking one up takes no lock. */
public final class Endpoints implements FeedListener {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    private final ServingMetrics metrics;
    private final ControlPlane control;
    private final Executor calls;
    private final InstantSource clock;
    private final Duration recovery;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Queue<Endpoint> removed = new ConcurrentLinkedQueue<>();
    private final Set<String> waking = ConcurrentHashMap.newKeySet();
    private final List<TargetListener> listeners = new CopyOnWriteArrayList<>();

    /** @param recovery how long calls wait for a version whose model-servers have all ended */
    public Endpoints(
            ServingMetrics metrics, ControlPlane control, Executor calls, InstantSource clock, Duration recovery) {
        this.metrics = metrics;
        this.control = control;
        this.calls = calls;
        this.clock = clock;
        this.recovery = recovery;
    }

    public void addListener(TargetListener listener) {
        listeners.add(listener);
    }

    public @Nullable Endpoint find(String name) {
        return endpoints.get(name);
    }

    long recoveryNanos() {
        return recovery.toNanos();
    }

    @Override
    public void endpointChanged(EndpointRoute route) {
        Endpoint known = endpoints.get(route.name());
        Endpoint endpoint = known == null
                ? new Endpoint(route.name(), this, metrics.endpoint(route.name()), clock.millis())
                : known;
        try {
            retire(endpoint.change(route));
            endpoints.put(route.name(), endpoint);
        } catch (IllegalArgumentException e) {
            // One bad row must not keep all the others away.
            LOG.warn("an endpoint is invalid and is left out endpoint={} reason={}", route.name(), e.getMessage());
            endpointRemoved(route.name());
        }
    }

    @Override
    public void endpointRemoved(String name) {
        Endpoint endpoint = endpoints.remove(name);
        if (endpoint != null) {
            retire(endpoint.change(null));
            removed.add(endpoint);
        }
    }

    private void retire(Collection<ModelTarget> gone) {
        gone.forEach(target -> listeners.forEach(listener -> listener.targetRetired(target)));
    }

    /** Tells workspace-service that somebody waits; one call at a time for each endpoint. */
    void wake(String name) {
        if (!waking.add(name)) {
            return;
        }
        try {
            calls.execute(() -> {
                try {
                    post(name);
                } finally {
                    waking.remove(name);
                }
            });
        } catch (RejectedExecutionException e) {
            // Whoever waits is told for again a moment later.
            waking.remove(name);
        }
    }

    private void post(String name) {
        try {
            int status =
                    control.post("/internal/endpoints/" + name + ":wake", "{}").status();
            if (status >= 300) {
                LOG.warn("an endpoint could not be woken endpoint={} status={}", name, status);
            }
        } catch (IOException e) {
            LOG.warn("an endpoint could not be woken endpoint={} reason={}", name, e.toString());
        }
    }

    /** Wakes again what is still waited for: a call may have been lost. */
    void wakeAgain() {
        endpoints.values().stream().filter(Endpoint::isWaitedFor).forEach(endpoint -> wake(endpoint.name()));
    }

    /** What was counted since the last time. Called by one thread only. */
    List<EndpointUsage> drain() {
        long now = clock.millis();
        List<EndpointUsage> usage = new ArrayList<>();
        endpoints.values().forEach(endpoint -> add(usage, endpoint.drain(now)));
        List.copyOf(removed).forEach(endpoint -> {
            boolean over = endpoint.isOver();
            add(usage, endpoint.drain(now));
            if (over) {
                removed.remove(endpoint);
                forget(endpoint);
            }
        });
        return usage;
    }

    private static void add(List<EndpointUsage> usage, @Nullable EndpointUsage one) {
        if (one != null) {
            usage.add(one);
        }
    }

    /** One of the same name may have come meanwhile, and shares the series. */
    private void forget(Endpoint endpoint) {
        if (!endpoints.containsKey(endpoint.name())) {
            endpoint.forget();
        }
    }
}
