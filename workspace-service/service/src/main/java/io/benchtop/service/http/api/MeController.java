package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.identity.ChangePasswordRequest;
import io.benchtop.api.identity.Credential;
import io.benchtop.api.identity.Me;
import io.benchtop.api.identity.User;
import io.benchtop.api.identity.WorkspaceReference;
import io.benchtop.service.http.SessionCookie;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential.EndpointToken;
import io.benchtop.service.identity.Credential.Session;
import io.benchtop.service.identity.Credential.Token;
import io.benchtop.service.identity.Credential.WorkspaceServer;
import io.benchtop.service.identity.Passwords;
import io.benchtop.service.identity.WorkspaceGenerations;
import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import java.util.Optional;

/** Who the caller is. */
@Controller("/api/v1/me")
final class MeController {

    private final BeanProvider<WorkspaceGenerations> generations;
    private final Passwords passwords;
    private final SessionCookie cookie;

    MeController(BeanProvider<WorkspaceGenerations> generations, Passwords passwords, SessionCookie cookie) {
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
        this.generations = requireNonNull(generations, "generations is null");
    }

    @Get
    Me me(Caller caller) {
        return new Me(
                new User(
                        caller.user().value(),
                        caller.displayName(),
                        caller.role().code()),
                workspace(caller).orElse(null),
                new Credential(kind(caller), caller.credential().expiresAt().toString()));
    }

    /** A browser gets a new session in its cookie; everything signed in before is signed out. */
    @Put("/password")
    HttpResponse<?> changePassword(Caller caller, @Body ChangePasswordRequest request) {
        String replacement = Required.field("newPassword", request.newPassword());
        return passwords
                .change(caller, request.currentPassword(), replacement)
                .<HttpResponse<?>>map(session -> HttpResponse.noContent().header("Set-Cookie", cookie.set(session)))
                .orElseGet(HttpResponse::noContent);
    }

    private Optional<WorkspaceReference> workspace(Caller caller) {
        if (!(caller.credential() instanceof WorkspaceServer(String id, long generation, var _))) {
            return Optional.empty();
        }
        return generations
                .find(null)
                .flatMap(known -> known.current(id, generation))
                .map(label -> new WorkspaceReference(label.id(), label.slug(), label.displayName()));
    }

    private static String kind(Caller caller) {
        return switch (caller.credential()) {
            case Session _ -> "session";
            case Token _, EndpointToken _ -> "token";
            case WorkspaceServer _ -> "workspace";
        };
    }
}
