package io.benchtop.service.endpoint;

import io.benchtop.service.identity.UserName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Port: where endpoints, what is seen of them and what happened to them is kept. */
public interface EndpointRepository {

    /** False if the name is taken. */
    boolean insert(Endpoint endpoint);

    Optional<Endpoint> find(EndpointName name);

    Optional<Endpoint> find(EndpointId id);

    /** By name. */
    List<Endpoint> list();

    /** Those that a person owns or may call; by name. */
    List<Endpoint> list(UserName user);

    /** Changes it; others who want to change it wait meanwhile. Empty if it is gone. */
    Optional<Endpoint> change(EndpointId id, UnaryOperator<Endpoint> change);

    /**
     * Lets nobody else change them, or count what they were asked, until the transaction ends in which this is called. All take them
     * in one order, so that none waits for one who waits for it.
     *
     * @return those that are there
     */
    List<Endpoint> lock(Collection<EndpointId> ids);

    /** With all that is kept of it and of what it was asked. */
    void remove(EndpointId id);

    /** What is seen of an endpoint's arms; empty before anything was. */
    Map<ServedVersion, ArmState> seen(EndpointId id);

    void see(EndpointId id, Map<ServedVersion, ArmState> arms);

    void add(EndpointId id, Step step);

    /** The newest first. */
    List<Step> steps(EndpointId id, int limit);
}
