package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.CallerAddress;
import io.benchtop.service.http.SessionCookie;
import io.benchtop.service.identity.LinkPurpose;
import io.benchtop.service.identity.SignIn;
import io.benchtop.service.identity.SignInLink;
import io.benchtop.service.identity.SignInLinks;
import io.micronaut.http.HttpHeaders;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a one-time link leads. Looking does not use it up, so a mail program that follows links does no harm; choosing the
 * password does.
 */
@Controller("/login/link/{token}")
@Produces(MediaType.TEXT_HTML)
final class LinkController {

    private final SignInLinks links;
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final Frames frames;
    private final CallerAddress callerAddress;
    private final InstantSource clock;

    LinkController(
            SignInLinks links,
            SignIn signIn,
            SessionCookie cookie,
            Frames frames,
            CallerAddress callerAddress,
            InstantSource clock) {
        this.links = requireNonNull(links, "links is null");
        this.signIn = requireNonNull(signIn, "signIn is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.callerAddress = requireNonNull(callerAddress, "callerAddress is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> ask(HttpRequest<?> request, String token) {
        return Answers.page(page(request, token, Form.EMPTY));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> choose(HttpRequest<?> request, String token, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> signedIn(request, token, form), problem -> page(request, token, form.refused(problem)));
    }

    private MutableHttpResponse<String> signedIn(HttpRequest<?> request, String token, Form form) {
        RepeatedPassword.check(form);
        SignIn.LinkAnswer answer =
                new SignIn.LinkAnswer(filled(form, "name"), filled(form, "displayName"), form.value("password"));
        return Answers.seeOther("/")
                .header(HttpHeaders.SET_COOKIE, cookie.set(signIn.byLink(token, answer, callerAddress.of(request))));
    }

    private LinkPage page(HttpRequest<?> request, String token, Form form) {
        SignInLink link = links.look(token);
        Map<String, String> values = new HashMap<>(form.values());
        if (link.user() != null) {
            values.put("name", link.user().value());
        }
        return new LinkPage(
                frames.of(request, Section.NONE),
                "/login/link/" + token,
                link.purpose() == LinkPurpose.FIRST_ADMIN,
                new Form(values, form.errors(), form.problem()),
                HumaneTime.relative(link.expiresAt(), clock.instant()));
    }

    private static @Nullable String filled(Form form, String field) {
        String value = form.value(field).strip();
        return value.isEmpty() ? null : value;
    }
}
