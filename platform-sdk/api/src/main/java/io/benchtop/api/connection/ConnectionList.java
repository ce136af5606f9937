package io.benchtop.api.connection;

import java.util.List;

/**
 * {@code GET /api/v1/connections}.
 *
 * @param connections by name
 */
public record ConnectionList(List<Connection> connections) {

    public ConnectionList {
        connections = connections == null ? List.of() : List.copyOf(connections);
    }
}
