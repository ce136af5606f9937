package io.benchtop.service.http.page;

import io.benchtop.api.endpoint.Trial;
import io.benchtop.service.endpoint.CallCounts.Slot;
import io.benchtop.service.endpoint.Measure;
import io.benchtop.service.endpoint.ServedVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The pages of endpoints with content that looks like a real day. */
final class SampleEndpoints {

    private static final HumaneTime NOW = HumaneTime.relative(Samples.NOW, Samples.NOW);

    private final Frame frame;
    private final UnaryOperator<String> text;

    private SampleEndpoints(Frame frame, UnaryOperator<String> text) {
        this.frame = frame;
        this.text = text;
    }

    static Map<String, Page> pages(Frame frame, UnaryOperator<String> text) {
        return new SampleEndpoints(frame, text).pages();
    }

    private Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put(
                "endpoints",
                new EndpointsPage(
                        frame,
                        List.of(new EndpointsPage.Row(
                                "orders",
                                "/endpoints/orders",
                                "alice",
                                "late-orders",
                                phase(),
                                List.of(new EndpointsPage.Share("1.2.0", "90 %")),
                                "12,345",
                                "0.02 %"))));
        pages.put("endpoints-none", new EndpointsPage(frame, List.of()));
        pages.put("endpoint", page(true));
        pages.put("endpoint-others", page(false));
        pages.put("trial", TrialPage.of(frame, trial("RUNNING", 0.1), true, Samples.NOW));
        pages.put("trial-invalid", TrialPage.of(frame, trial("INVALID", null), false, Samples.NOW));
        pages.put("endpoint-delete", new EndpointDeletePage(frame, "orders"));
        return pages;
    }

    private Trial trial(String phase, @Nullable Double uplift) {
        return new Trial(
                "orders",
                1,
                text.apply("bought something"),
                phase,
                text.apply("Not conclusive yet: 1,204 of 14,193 users of the smaller side are counted."),
                new Trial.Side("1.2.0", 50, 1_300, 65, 0.05),
                new Trial.Side("1.3.0", 50, 1_204, 72, 0.0598),
                new Trial.Plan(0.05, 0.15, 0.05, 0.8, "AT_HORIZON", 14_193, 0.1),
                new Trial.Progress(1_204, 0.085),
                null,
                uplift == null ? null : new Trial.Range(-0.05, uplift, null),
                null,
                "alice",
                Samples.NOW.minusSeconds(7_200).toString(),
                Samples.NOW.minusSeconds(7_100).toString());
    }

    private Condition phase() {
        return new Condition("pending", "Step by step", text.apply("1.2.0 gets 10 % of the requests."));
    }

    private EndpointPage page(boolean mine) {
        return new EndpointPage(
                frame,
                live(mine),
                "alice",
                text.apply("everybody"),
                "https://benchtop.example/serve/orders",
                List.of(TrialRow.of(trial("RUNNING", 0.1), Samples.NOW)),
                TrafficCharts.of(
                        List.of(new Slot(
                                new ServedVersion("late-orders", "1.2.0"),
                                Samples.NOW.minusSeconds(90),
                                new Measure(10, 1, List.of(0L, 10L), 0, 0, 0, 0, 0))),
                        Samples.NOW),
                mine
                        ? new ClientRows(List.of(new ClientRows.Row(text.apply("mobile"), "12", "3,456", "9", "7")), 1)
                        : ClientRows.NONE,
                EndpointSnippets.of("https://benchtop.example/serve/orders/v2/models/orders/infer", text.apply("{}")),
                text.apply("{}"),
                form(),
                form(),
                List.of("default", text.apply("gpu")),
                List.of(new AccountPage.TokenRow("t1", text.apply("mobile"), null, NOW)),
                mine ? new AccountPage.CreatedTokenView(text.apply("mobile"), text.apply("bt_secret"), NOW) : null,
                form());
    }

    private Form form() {
        return new Form(
                Map.of("callers", text.apply("bob"), "reason", text.apply("why"), "client", text.apply("mobile")),
                Map.of("callers", text.apply("It must be names."), "reason", text.apply("It must be said.")),
                null);
    }

    private EndpointLive live(boolean mine) {
        return new EndpointLive(
                frame,
                "orders",
                mine,
                text.apply("late-orders"),
                "/models/late-orders",
                List.of(new EndpointLive.ArmRow(
                        "1.2.0",
                        "/models/late-orders/1.2.0",
                        "10 %",
                        10,
                        new Condition("failed", "Failed", text.apply("It ended.")),
                        "0 of 1",
                        "1,234",
                        "3 %",
                        true,
                        "≤ 5 ms",
                        "≤ 30 ms")),
                phase(),
                "step 1 of 3: 5, 20, 50 %",
                List.of("at most 1 % errors"),
                NOW,
                new EndpointLive.Shadow(text.apply("1.3.0"), "100 %"),
                List.of(new EndpointLive.StepRow(NOW, "alice", text.apply("1.2.0 is to get all requests."))),
                true,
                "abc");
    }
}
