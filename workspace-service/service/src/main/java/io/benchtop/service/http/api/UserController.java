package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.identity.Account;
import io.benchtop.api.identity.AccountList;
import io.benchtop.api.identity.ChangeUserRequest;
import io.benchtop.api.identity.CreateUserRequest;
import io.benchtop.api.identity.SignInLink;
import io.benchtop.service.http.HttpConfig;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SignInLinks;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.Users;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;

/** What administrators do with users. */
@Controller("/api/v1/users")
final class UserController {

    private final Users users;
    private final SignInLinks links;
    private final HttpConfig config;

    UserController(Users users, SignInLinks links, HttpConfig config) {
        this.users = requireNonNull(users, "users is null");
        this.links = requireNonNull(links, "links is null");
        this.config = requireNonNull(config, "config is null");
    }

    @Get
    AccountList list(Caller caller) {
        return new AccountList(
                users.list(caller).stream().map(UserController::account).toList());
    }

    @Post
    HttpResponse<Account> create(Caller caller, @Body CreateUserRequest request) {
        caller.require(Role.ADMIN);
        UserName name = new UserName(Required.field("name", request.name()));
        String displayName = request.displayName() == null ? name.value() : request.displayName();
        Role role = Role.parse(Required.field("role", request.role()));
        return HttpResponse.created(account(users.create(caller, name, new DisplayName(displayName), role)));
    }

    @Get("/{name}")
    Account get(Caller caller, String name) {
        return account(users.get(caller, known(caller, name)));
    }

    @Patch("/{name}")
    Account change(Caller caller, String name, @Body ChangeUserRequest request) {
        UserName user = known(caller, name);
        Users.Change change = new Users.Change(
                request.displayName() == null ? null : new DisplayName(request.displayName()),
                request.role() == null ? null : Role.parse(request.role()),
                request.disabled());
        return account(users.change(caller, user, change));
    }

    @Post("/{name}:sign-in-link")
    SignInLink createSignInLink(Caller caller, String name) {
        SignInLinks.Created link = links.createFor(caller, known(caller, name));
        return new SignInLink(
                config.publicUrl().resolve(link.path()).toString(),
                link.expiresAt().toString());
    }

    /** A path segment that cannot be a name names nobody; the right to ask comes first. */
    private static UserName known(Caller caller, String name) {
        caller.require(Role.ADMIN);
        return UserName.find(name).orElseThrow(() -> ProblemException.notFound("user", name));
    }

    private static Account account(User user) {
        return new Account(
                user.name().value(),
                user.displayName().value(),
                user.role().code(),
                user.disabled(),
                user.createdAt().toString(),
                user.lastSignInAt() == null ? null : user.lastSignInAt().toString());
    }
}
