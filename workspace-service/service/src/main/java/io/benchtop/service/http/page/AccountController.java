package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.SessionCookie;
import io.benchtop.service.http.page.AccountPage.CreatedTokenView;
import io.benchtop.service.http.page.AccountPage.TokenRow;
import io.benchtop.service.identity.ApiToken;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.IssuedSession;
import io.benchtop.service.identity.Passwords;
import io.benchtop.service.identity.SignInMethods;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.problem.ProblemException;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do with their own password and tokens. */
@Controller("/settings")
@Produces(MediaType.TEXT_HTML)
final class AccountController {

    private final Tokens tokens;
    private final Passwords passwords;
    private final SignInMethods methods;
    private final SessionCookie cookie;
    private final Frames frames;
    private final InstantSource clock;

    AccountController(
            Tokens tokens,
            Passwords passwords,
            SignInMethods methods,
            SessionCookie cookie,
            Frames frames,
            InstantSource clock) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> account(HttpRequest<?> request, Caller caller) {
        return Answers.page(page(request, caller, null, Form.EMPTY, Form.EMPTY));
    }

    /** Shows the secret in the answer itself: it is kept nowhere from which a second page could show it. */
    @Post("/tokens")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> makeToken(HttpRequest<?> request, Caller caller, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    Tokens.Created made = tokens.create(caller, form.value("tokenName"), life(form.value("expiresIn")));
                    return Answers.page(page(request, caller, made, Form.EMPTY, Form.EMPTY));
                },
                problem -> page(
                        request,
                        caller,
                        null,
                        form.calling("tokenName", "name").refused(problem).tellingAt("tokenName", "name"),
                        Form.EMPTY));
    }

    @Post("/tokens/{id}/revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> revokeToken(Caller caller, String id) {
        tokens.revoke(caller, id);
        return Answers.done("/settings", Notice.Done.TOKEN_REVOKED);
    }

    @Post("/password")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> changePassword(HttpRequest<?> request, Caller caller, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> changed(caller, form), problem -> page(request, caller, null, Form.EMPTY, form.refused(problem)));
    }

    private MutableHttpResponse<String> changed(Caller caller, Form form) {
        RepeatedPassword.check(form);
        Optional<IssuedSession> fresh = passwords.change(caller, form.value("current"), form.value("password"));
        MutableHttpResponse<String> answer = Answers.done("/settings", Notice.Done.PASSWORD_CHANGED);
        fresh.ifPresent(session -> answer.header(HttpHeaders.SET_COOKIE, cookie.set(session)));
        return answer;
    }

    private AccountPage page(
            HttpRequest<?> request, Caller caller, Tokens.@Nullable Created made, Form tokenForm, Form passwordForm) {
        Instant now = clock.instant();
        CreatedTokenView view = made == null
                ? null
                : new CreatedTokenView(
                        made.token().name(),
                        made.text(),
                        HumaneTime.relative(made.token().expiresAt(), now));
        return new AccountPage(
                frames.of(request, Section.ACCOUNT),
                Person.of(caller),
                tokens.list(caller).stream().map(token -> row(token, now)).toList(),
                view,
                tokenForm,
                passwordForm,
                methods.byPassword(caller.user()) ? null : methods.provider().orElse(""));
    }

    private static TokenRow row(ApiToken token, Instant now) {
        Instant used = token.lastUsedAt();
        return new TokenRow(
                token.id(),
                token.name(),
                used == null ? null : HumaneTime.relative(used, now),
                HumaneTime.relative(token.expiresAt(), now));
    }

    private static Duration life(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField("expiresIn", "must be a duration such as P30D");
        }
    }
}
