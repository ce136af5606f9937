package io.benchtop.service.endpoint.jdbc;

import io.benchtop.service.endpoint.EndpointId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The rows of endpoints, as the locks of all that is kept of them: of what is wanted, of the numbers of steps, and of slots that two
 * would begin at once. All take them in the order of their ids, so that none waits for one who waits for it.
 */
final class EndpointLocks {

    private EndpointLocks() {}

    /** Those that are there. They are held until the handle's transaction ends. */
    static Set<EndpointId> take(Handle handle, Stream<EndpointId> endpoints) {
        return endpoints
                .map(EndpointId::value)
                .distinct()
                .sorted()
                .filter(id -> handle.createQuery("select id from endpoints where id = :id for update")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne()
                        .isPresent())
                .map(EndpointId::new)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
