package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

/**
 * A connection with its secret as it is kept.
 *
 * @param sealed by {@link SecretSeal}; empty if there is none
 */
public record KeptConnection(Connection connection, String sealed) {

    public KeptConnection {
        requireNonNull(connection, "connection is null");
        requireNonNull(sealed, "sealed is null");
    }

    boolean hasSecret() {
        return !sealed.isEmpty();
    }

    /** Nobody needs to see even the sealed one. */
    @Override
    public String toString() {
        return "KeptConnection[" + connection + "]";
    }
}
