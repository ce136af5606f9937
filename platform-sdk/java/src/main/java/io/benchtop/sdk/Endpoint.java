package io.benchtop.sdk;

import io.benchtop.api.endpoint.Endpoint.Arm;
import io.benchtop.api.endpoint.Endpoint.Event;
import io.benchtop.api.endpoint.Endpoint.Rollout;
import io.benchtop.api.endpoint.EndpointTokenRequest;
import io.benchtop.api.endpoint.Outcomes;
import io.benchtop.api.endpoint.RollbackRequest;
import io.benchtop.api.endpoint.TrialList;
import io.benchtop.api.identity.CreatedToken;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import io.benchtop.sdk.serving.EndpointName;
import io.benchtop.sdk.serving.InferenceClient;
import io.benchtop.sdk.serving.TrialPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An endpoint as it was when it was asked for, and what may be done with it. Threads may share it. */
public final class Endpoint implements Shown {

    /** With the longest keys a post of so many stays below the 1 MB that the service reads. */
    private static final int MOST_OUTCOMES = 2_000;

    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(15);
    private static final Duration USUAL_ANSWER = Duration.ofSeconds(30);
    private static final Duration USUAL_LIFE = Duration.ofDays(30);
    private static final Set<String> SERVING = Set.of("READY", "ASLEEP");
    /** A rollback that somebody wanted, as the service calls its reason. */
    private static final String ASKED = "ASKED";

    private final RestClient rest;
    private final io.benchtop.api.endpoint.Endpoint told;

    Endpoint(RestClient rest, io.benchtop.api.endpoint.Endpoint told) {
        this.rest = rest;
        this.told = told;
    }

    /** As in its address. */
    public String name() {
        return told.name();
    }

    /** Name of the user it belongs to. */
    public String owner() {
        return told.owner();
    }

    /** Name of the model whose versions answer. */
    public String model() {
        return told.model();
    }

    /** Its path below Benchtop's address. */
    public String url() {
        return told.url();
    }

    /** The versions behind it, that with the largest share first, and what each has done in the last ten minutes. */
    public List<Arm> arms() {
        return told.arms();
    }

    /** The version that is asked, too, and whose answers nobody gets. */
    public Optional<String> shadow() {
        return Optional.ofNullable(told.shadow()).map(io.benchtop.api.endpoint.Endpoint.Shadow::version);
    }

    /** How far the last promotion is. */
    public Rollout rollout() {
        return told.rollout();
    }

    /** Names of users who may ask it beside the owner, {@code *} for everybody. */
    public List<String> callers() {
        return told.callers();
    }

    /** What was done to it, newest first. */
    public List<Event> history() {
        return told.history();
    }

    /** Asks what it is like now. */
    public Endpoint status() {
        return new Endpoint(rest, rest.get(path(), io.benchtop.api.endpoint.Endpoint.class));
    }

    /** Waits as {@link #await(Duration)}, for fifteen minutes at most. */
    public Endpoint await() {
        return await(USUAL_PATIENCE);
    }

    /**
     * Waits until the last promotion is through: every version that gets requests can answer, and whoever asks from then on is answered
     * as it says.
     *
     * @param longest the steps of a canary take as long as they were told to
     * @return the endpoint as it is then
     * @throws BenchtopException {@code rolled_back} with the reason, unless somebody wanted it back; {@code still_progressing} where
     *     the time was not enough: the promotion goes on
     */
    public Endpoint await(Duration longest) {
        var endpoint = status();
        for (long waited = 0; !endpoint.settled(); waited++) {
            if (waited >= longest.toSeconds()) {
                throw new BenchtopException(
                        "still_progressing",
                        name() + " is still " + endpoint.progress() + ". Ask again: Benchtop.endpoint(\"" + name()
                                + "\").await()");
            }
            rest.pauseFor(1);
            endpoint = endpoint.status();
        }
        if (endpoint.takenBack()) {
            throw new BenchtopException(
                    "rolled_back", "The promotion of " + name() + " has ended as " + endpoint.progress() + ".");
        }
        return endpoint;
    }

    private boolean settled() {
        return takenBack() || (isThrough() && starting().isEmpty() && told.inForce());
    }

    /** Nothing is on its way, and all is as somebody wanted it. */
    private boolean isThrough() {
        return rollout().phase().equals("STABLE") || ASKED.equals(rollout().code());
    }

    private boolean takenBack() {
        return rollout().phase().equals("ROLLED_BACK")
                && !ASKED.equals(rollout().code());
    }

    private List<Arm> starting() {
        return arms().stream()
                .filter(arm -> arm.percent() > 0 && !SERVING.contains(arm.state()))
                .toList();
    }

    private String progress() {
        if (isThrough() && starting().isEmpty() && !told.inForce()) {
            return rollout().phase() + ": proxies are being told";
        }
        var why = rollout().message().isEmpty()
                ? starting().stream()
                        .map(arm -> arm.version() + " is " + words(arm))
                        .collect(Collectors.joining("; "))
                : rollout().message();
        return why.isEmpty() ? rollout().phase() : rollout().phase() + ": " + why;
    }

    /**
     * Gives all requests to the version before.
     *
     * @param reason why; others will see it
     * @throws BenchtopException {@code reason_missing}, or what the service says
     */
    public Endpoint rollback(String reason) {
        if (reason.isBlank()) {
            throw new BenchtopException(
                    "reason_missing", "Give a reason, such as rollback(\"too many late orders\"): others will see it.");
        }
        var asked = new RollbackRequest(reason.strip());
        return new Endpoint(
                rest, rest.send("POST", path() + ":rollback", asked, io.benchtop.api.endpoint.Endpoint.class));
    }

    /** Ends it: its address answers no more, its versions stay. */
    public void delete() {
        rest.send("DELETE", path(), null);
    }

    /** Makes a token that is valid for 30 days; see {@link #token(String, Duration)}. */
    public EndpointToken token(String client) {
        return token(client, USUAL_LIFE);
    }

    /**
     * Makes a token for a program outside.
     *
     * @param client what its requests are counted under, such as {@code shop}
     * @param life how long it is valid, 90 days at most
     * @throws BenchtopException {@code bad_duration}, or what the service says
     */
    public EndpointToken token(String client, Duration life) {
        var asked = new EndpointTokenRequest(client, DurationText.toIso(life));
        var made = rest.send("POST", path() + "/tokens", asked, CreatedToken.class);
        return new EndpointToken(made.token(), made.name(), Instant.parse(made.expiresAt()));
    }

    /** A client that asks it as who is connected, and waits 30 seconds for an answer. */
    public InferenceClient client() {
        return client(USUAL_ANSWER);
    }

    /**
     * A client that asks it as who is connected.
     *
     * @param patience how long one answer may take
     */
    public InferenceClient client(Duration patience) {
        var header =
                Optional.ofNullable(told.settings().sticky()).flatMap(sticky -> Optional.ofNullable(sticky.header()));
        return new InferenceClient(rest, new InferenceClient.Target(name(), url(), header, patience));
    }

    /**
     * Begins an A/B test: splits the requests, and counts once both versions answer.
     *
     * @throws BenchtopException {@code bad_trial} for an unfinished plan, or what the service says
     */
    public Trial beginTrial(TrialPlan plan) {
        return new Trial(rest.send("POST", path() + "/trials", plan.request(), io.benchtop.api.endpoint.Trial.class));
    }

    /**
     * The newest trial as it is now.
     *
     * @throws BenchtopException {@code no_trial} if there was none yet
     */
    public Trial trial() {
        return rest.get(path() + "/trials", TrialList.class).trials().stream()
                .findFirst()
                .map(Trial::new)
                .orElseThrow(() -> new BenchtopException(
                        "no_trial",
                        "No trial was begun at " + name() + ": Benchtop.endpoint(\"" + name()
                                + "\").beginTrial(TrialPlan.candidate(...))."));
    }

    /** A trial by its number. */
    public Trial trial(int number) {
        return new Trial(rest.get(path() + "/trials/" + number, io.benchtop.api.endpoint.Trial.class));
    }

    /** Ends the trial that runs. Requests stay split until a version is promoted. */
    public Trial stopTrial() {
        var stop = path() + "/trials/" + trial().number() + ":stop";
        return new Trial(rest.send("POST", stop, Map.of(), io.benchtop.api.endpoint.Trial.class));
    }

    /**
     * Counts what one user did in the trial that runs. May be said again: a user counts once and stays converted.
     *
     * @param key who it was, as {@code client.sticky(...)} said it
     * @return what was new
     */
    public Outcomes.Counted report(String key, boolean converted) {
        return report(List.of(new Outcomes.Outcome(key, converted, null)));
    }

    /**
     * The same for many, in posts of at most {@value #MOST_OUTCOMES}.
     *
     * @throws BenchtopException {@code no_outcomes} for none, or what the service says
     */
    public Outcomes.Counted report(List<Outcomes.Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            throw new BenchtopException("no_outcomes", "There is nothing to report: give keys, and who converted.");
        }
        var all = post(outcomes, 0);
        for (int from = MOST_OUTCOMES; from < outcomes.size(); from += MOST_OUTCOMES) {
            all = sum(all, post(outcomes, from));
        }
        return all;
    }

    private Outcomes.Counted post(List<Outcomes.Outcome> outcomes, int from) {
        var part = outcomes.subList(from, Math.min(outcomes.size(), from + MOST_OUTCOMES));
        return rest.send("POST", path() + "/outcomes", new Outcomes(part), Outcomes.Counted.class);
    }

    private static Outcomes.Counted sum(Outcomes.Counted before, Outcomes.Counted counted) {
        return new Outcomes.Counted(
                counted.trial(),
                counted.phase(),
                before.newUsers() + counted.newUsers(),
                before.newConversions() + counted.newConversions());
    }

    private String path() {
        return EndpointName.path(name());
    }

    @Override
    public Map<String, String> shown() {
        var message = rollout().message();
        var table = Words.table(
                "endpoint", name(),
                "model", model(),
                "owner", owner(),
                "url", url(),
                "rollout", message.isEmpty() ? rollout().phase() : rollout().phase() + ": " + message);
        arms().forEach(arm -> table.put("version " + arm.version(), words(arm)));
        shadow().ifPresent(version -> table.put("shadow", "version " + version));
        return table;
    }

    private static String words(Arm arm) {
        var parts = new ArrayList<String>();
        parts.add(Words.ofNumber(arm.percent()) + " %");
        parts.add(arm.stateMessage() == null ? arm.state() : arm.state() + ": " + arm.stateMessage());
        parts.add(arm.readyReplicas() + " of " + arm.replicas() + " servers");
        parts.add(arm.requests() + " requests");
        if (arm.requests() > 0) {
            parts.add(Words.ofNumber(arm.errorRate() * 100) + " % failed");
        }
        if (arm.p99Millis() != null) {
            parts.add("p99 " + Words.ofNumber(arm.p99Millis()) + " ms");
        }
        return String.join(", ", parts);
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
