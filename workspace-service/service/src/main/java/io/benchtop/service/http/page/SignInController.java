package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.CallerAddress;
import io.benchtop.service.http.LocalPath;
import io.benchtop.service.http.SessionCookie;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.IssuedSession;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.identity.SignIn;
import io.benchtop.service.identity.SignInMethods;
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
import io.micronaut.http.annotation.QueryValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page with the ways in, in by name and password, and out again. */
@Controller
@Produces(MediaType.TEXT_HTML)
final class SignInController {

    private final SignIn signIn;
    private final Sessions sessions;
    private final SignInMethods methods;
    private final SessionCookie cookie;
    private final LoginPages pages;
    private final Frames frames;
    private final CallerAddress callerAddress;

    SignInController(
            SignIn signIn,
            Sessions sessions,
            SignInMethods methods,
            SessionCookie cookie,
            LoginPages pages,
            Frames frames,
            CallerAddress callerAddress) {
        this.signIn = requireNonNull(signIn, "signIn is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.callerAddress = requireNonNull(callerAddress, "callerAddress is null");
    }

    @Get("/login")
    HttpResponse<String> ask(HttpRequest<?> request, @Nullable Caller caller, @QueryValue @Nullable String next) {
        LocalPath wanted = LocalPath.orStart(next);
        if (caller != null) {
            return Answers.seeOther(wanted.value());
        }
        return Answers.page(pages.of(request, wanted.value(), null));
    }

    @Post("/login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> signIn(HttpRequest<?> request, @Body Map<String, String> fields) {
        methods.requirePasswords();
        Form form = Form.of(fields);
        return Answers.form(
                () -> signedIn(
                        signIn.byPassword(
                                form.value("name").strip(), form.value("password"), callerAddress.of(request)),
                        LocalPath.orStart(form.value("next"))),
                problem -> pages.of(request, form, problem.detail()));
    }

    /** JupyterLab's own "Log Out" opens this address; a link alone must not sign anybody out, so the page asks. */
    @Get(uris = {"/workspaces/logout", "/logout"})
    HttpResponse<String> askToSignOut(HttpRequest<?> request) {
        return Answers.page(new SignOutPage(frames.of(request, Section.NONE)));
    }

    @Post("/logout")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> signOut(Caller caller) {
        sessions.end(caller);
        MutableHttpResponse<String> answer = methods.isExternal(caller.user())
                ? Answers.seeOther("/login/oidc/logout")
                : Answers.done("/login", Notice.Done.SIGNED_OUT);
        return answer.header(HttpHeaders.SET_COOKIE, cookie.clear());
    }

    private MutableHttpResponse<String> signedIn(IssuedSession session, LocalPath next) {
        return Answers.seeOther(next.value()).header(HttpHeaders.SET_COOKIE, cookie.set(session));
    }
}
