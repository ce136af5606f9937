package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.SignInMethods;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the sign-in page with the ways in that there are. */
@Singleton
final class LoginPages {

    private final SignInMethods methods;
    private final Frames frames;

    LoginPages(SignInMethods methods, Frames frames) {
        this.methods = requireNonNull(methods, "methods is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    LoginPage of(HttpRequest<?> request, Form form, @Nullable String problem) {
        return new LoginPage(
                frames.of(request, Section.NONE),
                form,
                problem,
                methods.byPassword(),
                methods.provider().orElse(null));
    }

    /** With nothing typed yet. */
    LoginPage of(HttpRequest<?> request, String next, @Nullable String problem) {
        return of(request, Form.of(Map.of("next", next)), problem);
    }
}
