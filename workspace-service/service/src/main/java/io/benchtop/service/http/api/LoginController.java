package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.identity.LoginRequest;
import io.benchtop.api.identity.LoginResponse;
import io.benchtop.service.http.CallerAddress;
import io.benchtop.service.identity.SignIn;
import io.benchtop.service.identity.Tokens;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;

/** Name and password for a token: how the command line signs in. */
@Controller("/api/v1/login")
final class LoginController {

    private static final String DEFAULT_LIFE = "P30D";

    private final SignIn signIn;
    private final CallerAddress callerAddress;

    LoginController(SignIn signIn, CallerAddress callerAddress) {
        this.signIn = requireNonNull(signIn, "signIn is null");
        this.callerAddress = requireNonNull(callerAddress, "callerAddress is null");
    }

    @Post
    LoginResponse login(HttpRequest<?> request, @Body LoginRequest login) {
        Tokens.Created created = signIn.forToken(
                Required.field("name", login.name()),
                Required.field("password", login.password()),
                login.tokenName() == null ? "benchtop login" : login.tokenName(),
                Durations.parse("expiresIn", login.expiresIn() == null ? DEFAULT_LIFE : login.expiresIn()),
                callerAddress.of(request));
        return new LoginResponse(created.text(), created.token().expiresAt().toString());
    }
}
