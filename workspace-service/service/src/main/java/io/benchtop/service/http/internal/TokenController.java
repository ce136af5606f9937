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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells the proxy whose token it was shown, and whether that opens endpoints only. */
@Controller("/internal")
final class TokenController {

    /** The token inside a server opens endpoints and no server. */
    private static final String EVERY_ENDPOINT = "*";

    @Serdeable
    record Request(@Nullable String token) {

        @Override
        public String toString() {
            return "Request[]";
        }
    }

    @Serdeable
    record Response(
            String user,
            String name,
            String role,
            String expiresAt,
            String tokenId,
            @Nullable String endpoint,
            @Nullable String client) {}

    private final Authentication authentication;

    TokenController(Authentication authentication) {
        this.authentication = requireNonNull(authentication, "authentication is null");
    }

    @Post("/tokens:introspect")
    Response introspect(@Body Request request) {
        Caller caller = authenticate(request.token() == null ? "" : request.token());
        return switch (caller.credential()) {
            case Credential.Token(String id, Instant _) -> response(caller, id, null, null);
            case Credential.EndpointToken token -> response(caller, token.tokenId(), token.endpoint(), token.client());
            case Credential.WorkspaceServer server ->
                response(caller, server.workspaceId() + "/" + server.generation(), EVERY_ENDPOINT, null);
            case Credential.Session _ -> throw unknown();
        };
    }

    private static Response response(Caller caller, String id, @Nullable String endpoint, @Nullable String client) {
        return new Response(
                caller.user().value(),
                caller.displayName(),
                caller.role().code(),
                caller.credential().expiresAt().toString(),
                id,
                endpoint,
                client);
    }

    private Caller authenticate(String token) {
        try {
            return authentication.byAnyBearer(token, "");
        } catch (ProblemException e) {
            throw e.code() == ErrorCode.UNAUTHENTICATED ? unknown() : e;
        }
    }

    private static ProblemException unknown() {
        return ProblemException.of(ErrorCode.NOT_FOUND, "There is no such token, or it has ended.");
    }
}
