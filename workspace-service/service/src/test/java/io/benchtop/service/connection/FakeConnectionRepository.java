package io.benchtop.service.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connections in memory. */
public final class FakeConnectionRepository implements ConnectionRepository {

    private final Map<ConnectionName, KeptConnection> connections = new TreeMap<>();

    @Override
    public synchronized List<KeptConnection> list() {
        return List.copyOf(connections.values());
    }

    @Override
    public synchronized Optional<KeptConnection> find(ConnectionName name) {
        return Optional.ofNullable(connections.get(name));
    }

    @Override
    public synchronized boolean insert(KeptConnection connection) {
        return connections.putIfAbsent(connection.connection().name(), connection) == null;
    }

    @Override
    public synchronized boolean replace(KeptConnection before, KeptConnection after) {
        return connections.replace(before.connection().name(), before, after);
    }

    @Override
    public synchronized boolean remove(ConnectionName name) {
        return connections.remove(name) != null;
    }
}
