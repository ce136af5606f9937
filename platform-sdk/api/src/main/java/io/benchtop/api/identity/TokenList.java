package io.benchtop.api.identity;

import java.util.List;

/** The caller's tokens, {@code GET /api/v1/tokens}. */
public record TokenList(List<Token> tokens) {

    public TokenList {
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
    }
}
