package io.benchtop.service.abtest;

import io.benchtop.service.endpoint.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Port: where A/B tests and what users did in them is kept. */
public interface AbTestRepository {

    /** False if the endpoint has one of this number. */
    boolean insert(AbTest test);

    Optional<AbTest> find(EndpointId endpoint, int number);

    /** The newest of an endpoint. */
    Optional<AbTest> last(EndpointId endpoint);

    /** The newest first. */
    List<AbTest> list(EndpointId endpoint);

    /** All that are {@linkplain AbTest#isUndone undone}. */
    List<AbTest> undone();

    /** Changes it; others who want to change it, or to add to it, wait meanwhile. Empty if it is gone. */
    Optional<AbTest> change(EndpointId endpoint, int number, UnaryOperator<AbTest> change);

    /**
     * Keeps what users did: the side of whoever is known stays, and so does a conversion. To be called inside {@link #change} only.
     *
     * @param outcomes each user once
     * @return what was not known before
     */
    Gain.Both add(AbTest test, List<Placed> outcomes);

    /** Forgets who took part in tests that had ended by then; the counts stay. */
    void forgetUsersOfEndedBefore(Instant time);
}
