package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.service.endpoint.Rollout;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint does at this moment, a part that keeps itself fresh: its versions, the rollout and what happened before.
 *
 * @param mine whether the caller may change it
 * @param guards what a version that is tried must not do
 * @param shadow the version in the shadow; null for none
 * @param seen digest of what is shown; empty while that is being computed
 */
record EndpointLive(
        Frame frame,
        String name,
        boolean mine,
        String model,
        String modelAddress,
        List<ArmRow> arms,
        Condition phase,
        String step,
        List<String> guards,
        HumaneTime since,
        @Nullable Shadow shadow,
        List<StepRow> history,
        boolean pending,
        String seen)
        implements Part {

    EndpointLive {
        requireNonNull(name, "name is null");
        arms = List.copyOf(arms);
        guards = List.copyOf(guards);
        history = List.copyOf(history);
    }

    static EndpointLive of(Frame frame, Endpoint told, Rollout rollout, boolean mine, Instant now) {
        EndpointLive unseen = new EndpointLive(
                frame.with(null),
                told.name(),
                mine,
                told.model(),
                "/models/" + told.model(),
                told.arms().stream().map(arm -> ArmRow.of(told.model(), arm)).toList(),
                EndpointWords.phase(told.rollout()),
                step(told.rollout()),
                rollout instanceof Rollout.Canary canary
                        ? EndpointWords.guards(canary.plan().guards())
                        : List.of(),
                HumaneTime.relative(rollout.since(), now),
                told.shadow() == null
                        ? null
                        : new Shadow(told.shadow().version(), told.shadow().percent() + " %"),
                told.history().stream().map(event -> StepRow.of(event, now)).toList(),
                told.rollout().phase().equals("SWITCHING")
                        || told.rollout().phase().equals("PROGRESSING"),
                "");
        return unseen.seenAs(Assets.digest(unseen.html()));
    }

    private EndpointLive seenAs(String digest) {
        return new EndpointLive(
                frame,
                name,
                mine,
                model,
                modelAddress,
                arms,
                phase,
                step,
                guards,
                since,
                shadow,
                history,
                pending,
                digest);
    }

    /** "step 2 of 3: 5, 20, 50 %"; empty where there are none. */
    private static String step(Endpoint.Rollout rollout) {
        if (rollout.steps().isEmpty() || rollout.step() == null) {
            return "";
        }
        String steps =
                String.join(", ", rollout.steps().stream().map(String::valueOf).toList());
        return (rollout.step() == 0 ? "before the first of " : "step " + rollout.step() + " of ")
                + rollout.steps().size() + ": " + steps + " %";
    }

    String page() {
        return "/endpoints/" + name;
    }

    String address() {
        return page() + "/live?seen=" + seen;
    }

    /** Livelier while something is on its way. */
    String interval() {
        return pending ? "2s" : "5s";
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteendpointliveGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /**
     * One version.
     *
     * @param width of its bar, 0 to 100
     * @param servers how many answer of how many are wanted
     */
    record ArmRow(
            String version,
            String address,
            String share,
            double width,
            Condition state,
            String servers,
            String requests,
            String errors,
            boolean failing,
            String p50,
            String p99) {

        static ArmRow of(String model, Endpoint.Arm arm) {
            return new ArmRow(
                    arm.version(),
                    "/models/" + model + "/" + arm.version(),
                    EndpointWords.percent(arm.percent()),
                    arm.percent(),
                    Condition.ofServers(arm.state(), arm.stateMessage()),
                    arm.readyReplicas() + " of " + arm.replicas(),
                    HumaneNumber.count(arm.requests()),
                    arm.requests() == 0 ? "" : EndpointWords.percent(arm.errorRate() * 100),
                    arm.errorRate() > 0,
                    EndpointWords.millis(arm.p50Millis()),
                    EndpointWords.millis(arm.p99Millis()));
        }
    }

    /** @param percent of the requests that it gets a copy of */
    record Shadow(String version, String percent) {}

    /** Something that happened. */
    record StepRow(HumaneTime at, String actor, String what) {

        static StepRow of(Endpoint.Event event, Instant now) {
            return new StepRow(HumaneTime.relative(Instant.parse(event.at()), now), event.actor(), event.message());
        }
    }
}
