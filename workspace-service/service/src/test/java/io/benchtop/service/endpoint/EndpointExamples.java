package io.benchtop.service.endpoint;

import io.benchtop.service.identity.UserName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Endpoints as tests need them. */
public final class EndpointExamples {

    public static final ServedVersion OLD = new ServedVersion("risk", "0.0.1");
    public static final ServedVersion NEW = new ServedVersion("risk", "0.0.2");
    public static final ServedVersion THIRD = new ServedVersion("risk", "0.0.3");
    public static final UserName ALICE = new UserName("alice");
    public static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456Z");

    private EndpointExamples() {}

    public static Endpoint wanting(String name, ServedVersion version, String... callers) {
        return Endpoint.first(
                new EndpointName(name), ALICE, Endpoint.Settings.USUAL.withCallers(Set.of(callers)), version, NOW);
    }

    /** Serves this version, and lets one client ask so often on a day. */
    public static Endpoint limited(String name, ServedVersion version, int requestsPerDay) {
        CallLimits usual = CallLimits.USUAL;
        CallLimits limits = new CallLimits(
                usual.requestsPerSecond(),
                usual.burst(),
                usual.clientInFlight(),
                usual.inFlight(),
                usual.maxBodyBytes(),
                requestsPerDay);
        Endpoint.Settings settings = Endpoint.Settings.USUAL.withLimits(limits);
        return Endpoint.first(new EndpointName(name), ALICE, settings, version, NOW)
                .settled(Traffic.all(version), NOW);
    }

    public static Endpoint serving(String name, ServedVersion version) {
        return wanting(name, version).settled(Traffic.all(version), NOW);
    }

    /** Serves this version, and keeps users with theirs by this header. */
    public static Endpoint sticky(EndpointId id, String name, ServedVersion version, String header) {
        Endpoint endpoint = serving(name, version);
        return new Endpoint(
                id,
                endpoint.name(),
                endpoint.owner(),
                endpoint.settings().withSticky(new Sticky(header, false)),
                endpoint.traffic(),
                null,
                endpoint.rollout(),
                null,
                List.of(),
                1,
                NOW,
                NOW);
    }

    /** All that a switch waits for is ready. */
    public static Endpoint through(Endpoint endpoint) {
        return endpoint.rollout() instanceof Rollout.Switching(Traffic target, Instant _)
                ? endpoint.settled(target, NOW)
                : endpoint;
    }

    public static CanaryPlan plan(Guards guards) {
        return new CanaryPlan(List.of(5, 20, 50), Duration.ofMinutes(5), 20, false, guards);
    }

    public static ArmState ready() {
        return new ArmState.Ready(List.of(new ArmState.Server(
                URI.create("http://127.0.0.1:4001"), "127.0.0.1:4002", URI.create("http://127.0.0.1:4003"))));
    }

    /** Answers of which so many failed, each within the bound of this number. */
    public static Measure answers(long requests, long failures, int bound) {
        Long[] counts = new Long[bound + 1];
        Arrays.fill(counts, 0L);
        counts[bound] = requests;
        return new Measure(requests, failures, List.of(counts), requests, 0, requests, requests * 0.5, requests * 0.5);
    }
}
