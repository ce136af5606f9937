package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.HttpConfig;
import io.benchtop.service.http.page.UsersPage.LinkView;
import io.benchtop.service.http.page.UsersPage.UserRow;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SignInLinks;
import io.benchtop.service.identity.SignInMethods;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.Users;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What administrators do with users. */
@Controller("/admin/users")
@Produces(MediaType.TEXT_HTML)
final class UsersController {

    private final Users users;
    private final SignInLinks links;
    private final SignInMethods methods;
    private final HttpConfig config;
    private final Frames frames;
    private final InstantSource clock;

    UsersController(
            Users users,
            SignInLinks links,
            SignInMethods methods,
            HttpConfig config,
            Frames frames,
            InstantSource clock) {
        this.users = requireNonNull(users, "users is null");
        this.links = requireNonNull(links, "links is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.config = requireNonNull(config, "config is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Caller caller) {
        return Answers.page(page(request, caller, Form.EMPTY, null));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> create(HttpRequest<?> request, Caller caller, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    UserName name = new UserName(form.value("name").strip());
                    String called = form.value("displayName").isBlank() ? name.value() : form.value("displayName");
                    users.create(caller, name, new DisplayName(called), Role.parse(form.value("role")));
                    return linked(request, caller, name);
                },
                problem -> page(request, caller, form.refused(problem), null));
    }

    @Post("/{name}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        String role = fields.get("role");
        String disabled = fields.get("disabled");
        Users.Change change = new Users.Change(
                null, role == null ? null : Role.parse(role), disabled == null ? null : Boolean.valueOf(disabled));
        return Answers.form(
                () -> {
                    users.change(caller, known(caller, name), change);
                    return Answers.done(
                            "/admin/users",
                            "true".equals(disabled) ? Notice.Done.USER_DISABLED : Notice.Done.USER_CHANGED);
                },
                problem -> page(request, caller, Form.EMPTY.refused(problem), null));
    }

    @Post("/{name}/link")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> link(HttpRequest<?> request, Caller caller, String name) {
        return Answers.form(
                () -> linked(request, caller, known(caller, name)),
                problem -> page(request, caller, Form.EMPTY.refused(problem), null));
    }

    /** Shows the link in the answer itself: it is kept nowhere from which a second page could show it. */
    private MutableHttpResponse<String> linked(HttpRequest<?> request, Caller caller, UserName name) {
        SignInLinks.Created link = links.createFor(caller, name);
        LinkView view = new LinkView(
                name.value(),
                config.publicUrl().resolve(link.path()).toString(),
                HumaneTime.relative(link.expiresAt(), clock.instant()));
        return Answers.page(page(request, caller, Form.EMPTY, view));
    }

    private UsersPage page(HttpRequest<?> request, Caller caller, Form form, @Nullable LinkView link) {
        Instant now = clock.instant();
        Frame frame = frames.of(request, Section.USERS);
        String problem = form.problem();
        return new UsersPage(
                problem == null ? frame : frame.with(Notice.problem(problem)),
                users.list(caller).stream().map(user -> row(user, caller, now)).toList(),
                form,
                link,
                methods.byPassword() ? null : methods.provider().orElse(""));
    }

    private static UserRow row(User user, Caller caller, Instant now) {
        Instant last = user.lastSignInAt();
        return new UserRow(
                user.name().value(),
                user.displayName().value(),
                user.role().code(),
                user.disabled(),
                last == null ? null : HumaneTime.relative(last, now),
                caller.is(user.name()));
    }

    private static UserName known(Caller caller, String name) {
        caller.require(Role.ADMIN);
        return UserName.find(name).orElseThrow(() -> ProblemException.notFound("user", name));
    }
}
