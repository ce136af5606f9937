package io.benchtop.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.api.endpoint.Outcomes.Outcome;
import io.benchtop.sdk.serving.TrialPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A/B tests as a Java program meets them. */
class TrialIT {

    private static final String ENDPOINT = "/api/v1/endpoints/orders";

    @TempDir
    private Path folder;

    private FakeServing service;
    private Endpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        service = new FakeServing();
        endpoint = service.client(folder).endpoint("orders");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String begun(TrialPlan plan) {
        endpoint.beginTrial(plan);
        return service.bodies.get("POST " + ENDPOINT + "/trials").toString();
    }

    @Test
    void aTrialBeginsWithAPlan() {
        assertThat(begun(TrialPlan.candidate("0.0.2").baseline(0.05).minimalEffect(0.15)))
                .isEqualTo(
                        "{\"candidate\":\"0.0.2\",\"candidatePercent\":50.0,\"metric\":\"conversion\",\"baseline\":0.05,"
                                + "\"minimalEffect\":0.15,\"alpha\":0.05,\"power\":0.8,\"stopping\":\"AT_HORIZON\"}");
        assertThat(begun(TrialPlan.candidate("0.0.2")
                        .control("0.0.1")
                        .baseline(0.05)
                        .minimalEffect(0.15)
                        .errors(0.01, 0.9)
                        .whenShown()
                        .percent(20)
                        .metric("bought")
                        .stickyHeader("X-User-Id")
                        .switchAbove(0.1)))
                .contains(
                        "\"control\":\"0.0.1\"",
                        "\"candidatePercent\":20.0",
                        "\"sticky\":{\"header\":\"X-User-Id\",\"cookie\":false}",
                        "\"metric\":\"bought\"",
                        "\"alpha\":0.01,\"power\":0.9",
                        "ALWAYS_VALID",
                        "\"switchAbove\":0.1");
    }

    @Test
    void whatIsKnownIsShown() {
        // When
        var trial = endpoint.beginTrial(
                TrialPlan.candidate("0.0.2").baseline(0.05).minimalEffect(0.15).stickyCookie());

        // Then
        assertThat(trial)
                .hasToString("Trial(trial: 1 of orders: conversion, verdict: Not conclusive yet.,"
                        + " control 0.0.1: 10 of 200 users, 5.00 %, candidate 0.0.2: 0 of 0 users,"
                        + " uplift: 20.00 %, between -10.00 % and any number,"
                        + " progress: 25 % of 14193 users of the smaller side)");
        assertThat(trial.ended()).isFalse();
        assertThat(trial.difference()).isEmpty();
        assertThat(endpoint.trial(1).phase()).isEqualTo("RUNNING");
        assertThat(endpoint.stopTrial().ended()).isTrue();
    }

    @Test
    void outcomesAreSentInParts() {
        // Given
        var outcomes = IntStream.range(0, 2_001)
                .mapToObj(i -> new Outcome("u" + i, false, null))
                .toList();

        // When
        var one = endpoint.report("u1", true);
        var many = endpoint.report(outcomes);

        // Then
        assertThat(one.newUsers()).isEqualTo(2);
        assertThat(many.newUsers()).isEqualTo(4);
        assertThat(service.bodies.get("POST " + ENDPOINT + "/outcomes").toString())
                .isEqualTo("{\"outcomes\":[{\"key\":\"u2000\",\"converted\":false}]}");
    }

    @Test
    void whatCannotBeIsSaidBeforeItIsSent() {
        assertThatThrownBy(() -> endpoint.beginTrial(TrialPlan.candidate("0.0.2")))
                .hasMessageContaining("minimalEffect(0.15)");
        assertThatThrownBy(() -> endpoint.report(List.of())).hasMessageContaining("no_outcomes");
        assertThatThrownBy(() -> endpoint.trial()).hasMessageContaining("no_trial");
    }
}
