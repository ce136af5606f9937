package io.benchtop.service.connection;

import java.util.List;
import java.util.Optional;

/** Port: where connections are kept. */
public interface ConnectionRepository {

    /** By name. */
    List<KeptConnection> list();

    Optional<KeptConnection> find(ConnectionName name);

    /** False if there is one of this name. */
    boolean insert(KeptConnection connection);

    /** Keeps this in place of what was read before; false if somebody else changed or removed that meanwhile. */
    boolean replace(KeptConnection before, KeptConnection after);

    /** False if there is none. */
    boolean remove(ConnectionName name);
}
