package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.AttemptCookie;
import io.benchtop.service.http.CallerAddress;
import io.benchtop.service.http.LocalPath;
import io.benchtop.service.http.SessionCookie;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.ExternalSignIn;
import io.benchtop.service.identity.ProviderCallback;
import io.benchtop.service.identity.SignInMethods;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In by an identity provider: the browser leaves with a sealed attempt in a cookie and comes back with the provider's
 * answer in the address. That way back is a navigation from another site, which reads as such and changes nothing without
 * the cookie. Whatever happens, the attempt is over and its cookie goes.
 */
@Controller("/login/oidc")
@Requires(beans = ExternalSignIn.class)
@Produces(MediaType.TEXT_HTML)
final class ExternalSignInController {

    private final ExternalSignIn signIn;
    private final SignInMethods methods;
    private final SessionCookie session;
    private final AttemptCookie attempt;
    private final LoginPages pages;
    private final Frames frames;
    private final CallerAddress callerAddress;

    ExternalSignInController(
            ExternalSignIn signIn,
            SignInMethods methods,
            SessionCookie session,
            AttemptCookie attempt,
            LoginPages pages,
            Frames frames,
            CallerAddress callerAddress) {
        this.signIn = requireNonNull(signIn, "signIn is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.session = requireNonNull(session, "session is null");
        this.attempt = requireNonNull(attempt, "attempt is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.callerAddress = requireNonNull(callerAddress, "callerAddress is null");
    }

    @Get
    HttpResponse<String> begin(HttpRequest<?> request, @Nullable Caller caller, @QueryValue @Nullable String next) {
        String wanted = LocalPath.orStart(next).value();
        if (caller != null) {
            return Answers.seeOther(wanted);
        }
        return Answers.form(
                () -> {
                    ExternalSignIn.Begun begun = signIn.begin(wanted);
                    return Answers.seeOther(begun.location().toString())
                            .header(HttpHeaders.SET_COOKIE, attempt.set(begun.sealed()));
                },
                problem -> pages.of(request, wanted, problem.detail()));
    }

    @Get("/callback")
    HttpResponse<String> complete(HttpRequest<?> request) {
        return Answers.form(
                        () -> completed(request),
                        problem -> pages.of(request, LocalPath.START.value(), problem.detail()))
                .header(HttpHeaders.SET_COOKIE, attempt.clear());
    }

    @Get("/logout")
    HttpResponse<String> signOut(HttpRequest<?> request) {
        return signIn.signOut()
                .map(address -> Answers.page(new SignedOutPage(
                        frames.of(request, Section.NONE), methods.provider().orElse(""), address.toString())))
                .orElseGet(() -> Answers.done("/login", Notice.Done.SIGNED_OUT));
    }

    private MutableHttpResponse<String> completed(HttpRequest<?> request) {
        ProviderCallback callback = new ProviderCallback(
                single(request, "state"), single(request, "code"), single(request, "iss"), single(request, "error"));
        ExternalSignIn.Completed completed = signIn.complete(callback, kept(request), callerAddress.of(request));
        return Answers.seeOther(LocalPath.orStart(completed.next()).value())
                .header(HttpHeaders.SET_COOKIE, session.set(completed.session()));
    }

    private @Nullable String single(HttpRequest<?> request, String name) {
        List<String> values = request.getParameters().getAll(name);
        if (values.size() > 1) {
            throw signIn.ambiguous(
                    callerAddress.of(request),
                    "more than one \"" + name + "\" in the address",
                    "The address has \"" + name + "\" more than once. Start again.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private @Nullable String kept(HttpRequest<?> request) {
        List<String> values = attempt.values(request);
        if (values.size() > 1) {
            throw signIn.ambiguous(
                    callerAddress.of(request),
                    "more than one cookie of a sign-in",
                    "The request has two cookies of one sign-in, so one of them was planted. Delete the cookies of this"
                            + " site and sign in again.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
