package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.abtest.AbTestDescriptions;
import io.benchtop.service.abtest.AbTests;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointDescriptions;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.http.HttpConfig;
import io.benchtop.service.http.api.SampleRequests;
import io.benchtop.service.identity.ApiToken;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Tokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of an endpoint shows. */
@Singleton
final class EndpointPages {

    private static final int STEPS = 30;

    private final Endpoints endpoints;
    private final EndpointDescriptions descriptions;
    private final AbTests tests;
    private final SampleRequests samples;
    private final Tokens tokens;
    private final HttpConfig config;
    private final InstantSource clock;

    EndpointPages(
            Endpoints endpoints,
            EndpointDescriptions descriptions,
            AbTests tests,
            SampleRequests samples,
            Tokens tokens,
            HttpConfig config,
            InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.tests = requireNonNull(tests, "tests is null");
        this.samples = requireNonNull(samples, "samples is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.config = requireNonNull(config, "config is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What people typed into the forms of the page; what was not sent is as it is. */
    record Typed(Form rollback, @Nullable Form settings, Form token, Tokens.@Nullable Created created) {

        static final Typed NOTHING = new Typed(Form.EMPTY, null, Form.EMPTY, null);

        static Typed rollback(Form form) {
            return new Typed(form, null, Form.EMPTY, null);
        }

        static Typed settings(Form form) {
            return new Typed(Form.EMPTY, form, Form.EMPTY, null);
        }

        static Typed token(Form form, Tokens.@Nullable Created created) {
            return new Typed(Form.EMPTY, null, form, created);
        }

        /** What is wrong with one of them as a whole. */
        @Nullable
        String problem() {
            if (rollback.problem() != null) {
                return rollback.problem();
            }
            return settings != null && settings.problem() != null ? settings.problem() : token.problem();
        }
    }

    EndpointLive live(Caller caller, Frame frame, Endpoint endpoint) {
        return EndpointLive.of(
                frame,
                descriptions.of(endpoint, STEPS),
                endpoint.rollout(),
                endpoints.isMine(caller, endpoint),
                clock.instant());
    }

    EndpointPage of(Caller caller, Frame frame, Endpoint endpoint, Typed typed) {
        Instant now = clock.instant();
        String problem = typed.problem();
        String request = samples.of(caller, endpoint);
        String url = config.publicUrl().toString().replaceFirst("/$", "")
                + endpoint.name().path();
        return new EndpointPage(
                problem == null ? frame : frame.with(Notice.problem(problem)),
                live(caller, frame, endpoint),
                endpoint.owner().value(),
                callers(endpoint),
                url,
                tests.list(caller, endpoint.name()).stream()
                        .map(test -> TrialRow.of(AbTestDescriptions.of(endpoint.name(), test), now))
                        .toList(),
                TrafficCharts.of(endpoints.slots(endpoint, now.minus(TrafficCharts.HOUR)), now),
                clients(caller, endpoint),
                EndpointSnippets.of(url + "/v2/models/" + endpoint.name() + "/infer", request),
                request,
                typed.rollback(),
                typed.settings() == null ? EndpointForm.of(endpoint.settings()) : typed.settings(),
                endpoints.hardware(endpoint),
                tokens.list(caller).stream()
                        .filter(token -> endpoint.name().value().equals(token.endpoint()))
                        .map(token -> row(token, now))
                        .toList(),
                created(typed.created(), now),
                typed.token());
    }

    private ClientRows clients(Caller caller, Endpoint endpoint) {
        return endpoints.isMine(caller, endpoint)
                ? ClientRows.of(endpoints.clients(endpoint, ClientRows.DAYS), endpoints.today())
                : ClientRows.NONE;
    }

    private static String callers(Endpoint endpoint) {
        if (endpoint.settings().callers().contains(Endpoint.EVERYBODY)) {
            return "everybody who is signed in";
        }
        return endpoint.settings().callers().isEmpty()
                ? "only " + endpoint.owner()
                : endpoint.owner() + ", "
                        + String.join(", ", endpoint.settings().callers());
    }

    private static AccountPage.TokenRow row(ApiToken token, Instant now) {
        Instant used = token.lastUsedAt();
        return new AccountPage.TokenRow(
                token.id(),
                token.name(),
                used == null ? null : HumaneTime.relative(used, now),
                HumaneTime.relative(token.expiresAt(), now));
    }

    private static AccountPage.@Nullable CreatedTokenView created(Tokens.@Nullable Created made, Instant now) {
        return made == null
                ? null
                : new AccountPage.CreatedTokenView(
                        made.token().name(),
                        made.text(),
                        HumaneTime.relative(made.token().expiresAt(), now));
    }
}
