package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Authentication;
import io.benchtop.service.identity.Authentication.BySession;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Finds the one credential of a request and asks who it is. */
@Singleton
final class Authenticator {

    private static final String BEARER = "Bearer ";

    private final Authentication authentication;
    private final SessionCookie cookie;
    private final CallerAddress callerAddress;

    Authenticator(Authentication authentication, SessionCookie cookie, CallerAddress callerAddress) {
        this.authentication = requireNonNull(authentication, "authentication is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
        this.callerAddress = requireNonNull(callerAddress, "callerAddress is null");
    }

    /** Whom the request proves to come from; a bearer token goes before a cookie, as at the proxy. */
    BySession authenticate(HttpRequest<?> request, boolean renewable) {
        String address = callerAddress.of(request);
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent()) {
            Caller caller = authentication.byBearer(
                    bearer.get(), address, EndpointTokenScope.endpoint(request.getMethodName(), request.getPath()));
            refuseBeyondScope(caller, request);
            return new BySession(caller, false);
        }
        String value = sessionCookie(request)
                .orElseThrow(() -> ProblemException.of(
                        ErrorCode.UNAUTHENTICATED,
                        "This needs you to be signed in. Send a token as \"Authorization: Bearer …\", or sign in in the"
                                + " browser."));
        return authentication.bySession(value, renewable, address);
    }

    Optional<String> sessionCookie(HttpRequest<?> request) {
        List<String> values = CookieHeader.values(request.getHeaders().getAll("Cookie"), cookie.name());
        if (values.size() > 1) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "The request has two session cookies, so one of them was planted. Delete the cookies of this site"
                            + " and sign in again.");
        }
        return values.stream().findFirst();
    }

    static boolean hasBearer(HttpRequest<?> request) {
        return bearer(request).isPresent();
    }

    private static Optional<String> bearer(HttpRequest<?> request) {
        List<String> headers = request.getHeaders().getAll("Authorization");
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        String header = headers.getFirst();
        if (headers.size() > 1 || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw ProblemException.of(
                    ErrorCode.UNAUTHENTICATED,
                    "The only way to authorize is one header \"Authorization: Bearer <token>\".");
        }
        return Optional.of(header.substring(BEARER.length()).strip());
    }

    private static void refuseBeyondScope(Caller caller, HttpRequest<?> request) {
        if (caller.credential() instanceof Credential.WorkspaceServer(String workspaceId, long _, var _)
                && !WorkspaceTokenScope.allows(request.getMethodName(), request.getPath(), workspaceId)) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The token inside a workspace may only ask who it is, read its own workspace, keep it alive and log"
                            + " experiments. Make an API token in the settings for anything else.");
        }
    }
}
