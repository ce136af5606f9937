package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.identity.CreateTokenRequest;
import io.benchtop.api.identity.CreatedToken;
import io.benchtop.api.identity.Token;
import io.benchtop.api.identity.TokenList;
import io.benchtop.service.identity.ApiToken;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Tokens;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;

/** The caller's API tokens. */
@Controller("/api/v1/tokens")
final class TokenController {

    private final Tokens tokens;

    TokenController(Tokens tokens) {
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    @Get
    TokenList list(Caller caller) {
        return new TokenList(
                tokens.list(caller).stream().map(TokenController::token).toList());
    }

    @Post
    HttpResponse<CreatedToken> create(Caller caller, @Body CreateTokenRequest request) {
        Tokens.Created created = tokens.create(
                caller,
                Required.field("name", request.name()),
                Durations.parse("expiresIn", Required.field("expiresIn", request.expiresIn())));
        return HttpResponse.created(new CreatedToken(
                created.token().id(),
                created.token().name(),
                created.text(),
                created.token().expiresAt().toString()));
    }

    @Delete("/{id}")
    HttpResponse<?> revoke(Caller caller, String id) {
        tokens.revoke(caller, id);
        return HttpResponse.noContent();
    }

    private static Token token(ApiToken token) {
        return new Token(
                token.id(),
                token.name(),
                token.createdAt().toString(),
                token.expiresAt().toString(),
                token.lastUsedAt() == null ? null : token.lastUsedAt().toString());
    }
}
