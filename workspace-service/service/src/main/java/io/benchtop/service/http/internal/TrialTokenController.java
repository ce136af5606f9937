package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Tokens;
import io.benchtop.service.identity.TrialUser;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;

/** Lets {@code helm test} walk through the installation as a user. */
@Controller("/internal/trial-tokens")
final class TrialTokenController {

    @Serdeable
    record Response(String id, String token, String expiresAt) {

        @Override
        public String toString() {
            return "Response[" + id + "]";
        }
    }

    private final TrialUser trial;

    TrialTokenController(TrialUser trial) {
        this.trial = requireNonNull(trial, "trial is null");
    }

    @Post
    Response create() {
        Tokens.Created created = trial.token();
        return new Response(
                created.token().id(),
                created.text(),
                created.token().expiresAt().toString());
    }
}
