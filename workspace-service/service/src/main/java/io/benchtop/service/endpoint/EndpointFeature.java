package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.lease.Leases;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the feature together: its use cases and its reconciler share what they must share. */
public final class EndpointFeature implements AutoCloseable {

    private final Endpoints endpoints;
    private final Calls calls;
    private final EndpointReconciler reconciler;

    /** What the feature needs of others. */
    public record Ports(
            EndpointRepository endpoints,
            CallCounts counts,
            Observations observations,
            ModelServers servers,
            ServedOutputs outputs,
            Servable servable,
            HardwareOffer hardware,
            Transactions transactions,
            ChangeLog log,
            Leases leases,
            AuditTrail audit,
            InstantSource clock) {}

    /**
     * @param patience how long a version may take until it answers
     * @param retention how long what gets no requests any more runs on; at most {@link Endpoint#KEPT_FOR}
     */
    public EndpointFeature(Ports ports, Duration patience, Duration retention) {
        requireNonNull(patience, "patience is null");
        EndpointNews news = new EndpointNews(ports.endpoints(), ports.transactions(), ports.log());
        reconciler = new EndpointReconciler(
                ports.endpoints(),
                ports.counts(),
                ports.observations(),
                ports.servers(),
                news,
                new OutputWatch(ports.outputs(), ports.counts(), ports.clock()),
                ports.leases(),
                patience,
                requireNonNull(retention, "retention is null"),
                ports.clock());
        endpoints = new Endpoints(
                ports.endpoints(),
                ports.counts(),
                ports.servable(),
                ports.hardware(),
                news,
                ports.transactions(),
                ports.audit(),
                _ -> reconciler.wake(),
                ports.clock());
        calls = new Calls(
                ports.endpoints(),
                ports.counts(),
                ports.observations(),
                news,
                ports.transactions(),
                reconciler::wake,
                ports.clock());
        ports.servers().onChange(reconciler::wake);
    }

    /** @param watch asked in each look of the reconciler */
    public void begin(EndpointWatch watch) {
        reconciler.begin(watch);
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public Calls calls() {
        return calls;
    }

    @Override
    public void close() {
        reconciler.close();
    }
}
