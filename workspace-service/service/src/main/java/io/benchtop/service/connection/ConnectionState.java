package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What this process last saw of a connection.
 *
 * @param word {@code answers}, {@code away} or {@code unknown}
 * @param checkedAt null if it was never asked
 */
public record ConnectionState(String word, @Nullable Instant checkedAt) {

    static final ConnectionState UNKNOWN = new ConnectionState("unknown", null);

    public ConnectionState {
        requireNonNull(word, "word is null");
    }
}
