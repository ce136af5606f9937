package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.CallerBinder;
import io.benchtop.service.http.CsrfTokens;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Makes the frame of a page for whoever asks for it. */
@Singleton
final class Frames {

    private final CsrfTokens csrf;
    private final Assets assets;

    Frames(CsrfTokens csrf, Assets assets) {
        this.csrf = requireNonNull(csrf, "csrf is null");
        this.assets = requireNonNull(assets, "assets is null");
    }

    Frame of(HttpRequest<?> request, Section section) {
        Theme theme = Theme.parse(request.getCookies()
                .findCookie(Theme.COOKIE)
                .map(Cookie::getValue)
                .orElse(null));
        Notice notice = Notice.done(request.getParameters().get("done"));
        return CallerBinder.callerOf(request)
                .map(caller -> new Frame(section, Person.of(caller), csrfOf(caller), theme, assets, notice))
                .orElseGet(() -> new Frame(section, null, "", theme, assets, notice));
    }

    /** Only a session needs the token: a program that shows a bearer token on purpose cannot be tricked. */
    private String csrfOf(Caller caller) {
        return caller.credential() instanceof Credential.Session(String sid, Instant _) ? csrf.of(sid) : "";
    }
}
