package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.service.identity.SignedTokens;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** The public keys by which anybody can check our signatures. */
@Controller("/.well-known/jwks.json")
final class KeysController {

    private final SignedTokens tokens;

    KeysController(SignedTokens tokens) {
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    @Get
    JsonWebKeySet keys() {
        return tokens.publicKeys();
    }
}
