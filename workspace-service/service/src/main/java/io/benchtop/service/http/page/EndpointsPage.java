package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.api.endpoint.Endpoint;
import java.util.List;

/** The endpoints that the caller owns or may call. */
record EndpointsPage(Frame frame, List<Row> endpoints) implements Page {

    EndpointsPage {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteendpointsGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /**
     * @param model the model's name; empty before anything is wanted
     * @param requests of the last ten minutes
     */
    record Row(
            String name,
            String address,
            String owner,
            String model,
            Condition phase,
            List<Share> shares,
            String requests,
            String errors) {

        Row {
            shares = List.copyOf(shares);
        }

        static Row of(Endpoint endpoint) {
            long requests =
                    endpoint.arms().stream().mapToLong(Endpoint.Arm::requests).sum();
            double failures = endpoint.arms().stream()
                    .mapToDouble(arm -> arm.errorRate() * arm.requests())
                    .sum();
            return new Row(
                    endpoint.name(),
                    "/endpoints/" + endpoint.name(),
                    endpoint.owner(),
                    endpoint.model(),
                    EndpointWords.phase(endpoint.rollout()),
                    endpoint.arms().stream()
                            .filter(arm -> arm.percent() > 0)
                            .map(arm -> new Share(arm.version(), EndpointWords.percent(arm.percent())))
                            .toList(),
                    HumaneNumber.count(requests),
                    requests == 0 ? "" : EndpointWords.percent(100 * failures / requests));
        }
    }

    /** @param percent of the requests */
    record Share(String version, String percent) {}
}
