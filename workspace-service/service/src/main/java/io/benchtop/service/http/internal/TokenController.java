package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Authentication;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** Tells the proxy whose API token it was shown. */
@Controller("/internal")
final class TokenController {

    @Serdeable
    record Request(@Nullable String token) {

        @Override
        public String toString() {
            return "Request[]";
        }
    }

    @Serdeable
    record Response(String user, String name, String role, String expiresAt, String tokenId) {}

    private final Authentication authentication;

    TokenController(Authentication authentication) {
        this.authentication = requireNonNull(authentication, "authentication is null");
    }

    @Post("/tokens:introspect")
    Response introspect(@Body Request request) {
        Caller caller = authenticate(request.token() == null ? "" : request.token());
        if (!(caller.credential() instanceof Credential.Token(String id, var expiresAt))) {
            throw unknown();
        }
        return new Response(
                caller.user().value(), caller.displayName(), caller.role().code(), expiresAt.toString(), id);
    }

    private Caller authenticate(String token) {
        try {
            return authentication.byBearer(token, "");
        } catch (ProblemException e) {
            throw e.code() == ErrorCode.UNAUTHENTICATED ? unknown() : e;
        }
    }

    private static ProblemException unknown() {
        return ProblemException.of(ErrorCode.NOT_FOUND, "There is no such token, or it has ended.");
    }
}
