package io.benchtop.proxy.serving;

import com.google.gson.Gson;
import io.benchtop.api.routing.EndpointUsage;
import io.benchtop.proxy.control.ControlPlane;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells workspace-service every 2 s what was counted. One report is out at a time and repeated with its id until it is taken;
 * meanwhile the counters go on counting, so that nothing is lost or told twice and nothing piles up however long the service
 * is away.
 */
public final class UsageReports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageReports.class);
    private static final int SECONDS = 2;

    private final Endpoints endpoints;
    private final ControlPlane control;
    private final Gson gson = new Gson();
    private final String proxy;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("usage-report").factory());
    private EndpointUsage.@Nullable Report pending;
    private long reports;

    /** @param proxy names this process among all proxies */
    public UsageReports(String proxy, Endpoints endpoints, ControlPlane control) {
        this.proxy = proxy;
        this.endpoints = endpoints;
        this.control = control;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            endpoints.wakeAgain();
            report();
        } catch (RuntimeException e) {
            LOG.warn("usage could not be reported", e);
        }
    }

    /** Sends what is due now; also called once at the end. */
    public synchronized void report() {
        EndpointUsage.Report due = pending == null ? next() : pending;
        pending = due;
        if (due != null && isTaken(due)) {
            pending = null;
        }
    }

    private EndpointUsage.@Nullable Report next() {
        List<EndpointUsage> usage = endpoints.drain();
        return usage.isEmpty() ? null : new EndpointUsage.Report(proxy + "-" + reports++, proxy, usage);
    }

    private boolean isTaken(EndpointUsage.Report report) {
        try {
            int status = control.post("/internal/endpoints:usage", gson.toJson(report))
                    .status();
            if (status >= 300) {
                LOG.debug("usage was not taken status={}", status);
            }
            return status < 300;
        } catch (IOException e) {
            LOG.debug("usage could not be reported reason={}", e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
