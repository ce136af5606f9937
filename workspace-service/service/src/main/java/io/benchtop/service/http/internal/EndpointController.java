package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.EndpointUsage;
import io.benchtop.api.routing.ObservedEndpoints;
import io.benchtop.service.endpoint.Calls;
import io.benchtop.service.endpoint.ClientCalls;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Measure;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.serde.annotation.SerdeImport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What proxies tell of endpoints and ask for them. */
@Controller("/internal")
@SerdeImport(EndpointUsage.class)
@SerdeImport(ObservedEndpoints.class)
@SerdeImport(EndpointUsage.Report.class)
@SerdeImport(EndpointUsage.OfArm.class)
@SerdeImport(EndpointUsage.Latency.class)
@SerdeImport(EndpointUsage.OfClient.class)
final class EndpointController {

    private final Calls calls;

    EndpointController(Calls calls) {
        this.calls = requireNonNull(calls, "calls is null");
    }

    @Post("/endpoints:usage")
    @Status(HttpStatus.NO_CONTENT)
    void usage(@Body EndpointUsage.Report report) {
        List<Calls.Told> told = new ArrayList<>();
        List<Calls.ToldClient> clients = new ArrayList<>();
        for (EndpointUsage endpoint : report.endpoints()) {
            endpoint.arms().forEach(arm -> told.add(new Calls.Told(endpoint.name(), arm.version(), measure(arm))));
            endpoint.clients()
                    .forEach(client -> clients.add(new Calls.ToldClient(
                            endpoint.name(),
                            new ClientCalls(
                                    client.client(),
                                    client.requests(),
                                    client.refused(),
                                    client.failures() == null ? 0 : client.failures()))));
        }
        calls.count(report.id(), told, clients);
    }

    @Post("/endpoints:observed")
    @Status(HttpStatus.NO_CONTENT)
    void observed(@Body ObservedEndpoints told) {
        calls.observe(told.proxy(), told.generations());
    }

    private static Measure measure(EndpointUsage.OfArm arm) {
        return new Measure(arm.requests(), arm.failures(), rebucketed(arm.latency()), 0, 0, 0, 0, 0);
    }

    /** A proxy may count by other bounds: a count goes to the first of ours that is not below its own. */
    private static List<Long> rebucketed(EndpointUsage.Latency latency) {
        long[] counts = new long[Measure.BOUNDS_MILLIS.size() + 1];
        for (int i = 0; i < latency.counts().size(); i++) {
            double bound =
                    i < latency.boundsMillis().size() ? latency.boundsMillis().get(i) : Double.POSITIVE_INFINITY;
            int slot = 0;
            while (slot < Measure.BOUNDS_MILLIS.size() && Measure.BOUNDS_MILLIS.get(slot) < bound) {
                slot++;
            }
            counts[slot] += latency.counts().get(i);
        }
        return Arrays.stream(counts).boxed().toList();
    }

    @Post("/endpoints/{name}:wake")
    @Status(HttpStatus.NO_CONTENT)
    void wake(String name) {
        calls.wake(EndpointName.existing(name));
    }
}
