package io.benchtop.proxy.serving;

import com.google.gson.Gson;
import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.ObservedEndpoints;
import io.benchtop.proxy.control.ControlPlane;
import io.benchtop.proxy.routing.FeedListener;
import io.benchtop.proxy.routing.LiveRoutes;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells workspace-service by which generation of each endpoint this proxy goes, so that who promotes a version can wait until all
 * requests are shared out as promised. Told at once after a change, and every {@value #BEAT_SECONDS} s as a sign of life; what changes
 * while a post is out goes with the next one. Must hear of a change after all that act on it have.
 */
public final class ObservedGenerations implements FeedListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedGenerations.class);
    private static final int BEAT_SECONDS = 5;

    private final String proxy;
    private final LiveRoutes routes;
    private final ControlPlane control;
    private final Gson gson = new Gson();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("observed-generations").factory(), new DiscardPolicy());

    /** @param proxy names this process among all proxies */
    public ObservedGenerations(String proxy, LiveRoutes routes, ControlPlane control) {
        this.proxy = proxy;
        this.routes = routes;
        this.control = control;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::tell, 0, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void endpointChanged(EndpointRoute route) {
        if (due.compareAndSet(false, true)) {
            timer.execute(this::tell);
        }
    }

    /** The service hears of what fails here with the next beat. */
    private void tell() {
        due.set(false);
        Map<String, Long> generations = routes.endpoints().stream()
                .collect(Collectors.toMap(EndpointRoute::endpointId, EndpointRoute::generation, Math::max));
        try {
            String body = gson.toJson(new ObservedEndpoints(proxy, generations));
            int status = control.post("/internal/endpoints:observed", body).status();
            if (status >= 300) {
                LOG.debug("observed generations were not taken status={}", status);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("observed generations could not be told reason={}", e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
