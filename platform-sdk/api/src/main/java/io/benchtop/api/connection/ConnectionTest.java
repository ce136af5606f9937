package io.benchtop.api.connection;

import static java.util.Objects.requireNonNull;

/**
 * {@code POST /api/v1/connections/{name}:test}.
 *
 * @param ok whether it answers
 * @param message a sentence: what answered, or what is wrong and what to do
 */
public record ConnectionTest(boolean ok, String message) {

    public ConnectionTest {
        requireNonNull(message, "message is null");
    }
}
