package io.benchtop.service.endpoint;

import io.benchtop.service.identity.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Port: where endpoints, what is seen of them and what they were asked is kept. */
public interface EndpointRepository {

    /** Counts are kept per slot of this length; what is asked for since an instant begins with the first slot after it. */
    Duration SLOT = Duration.ofSeconds(10);

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

    /** With all that is kept of it. */
    void remove(EndpointId id);

    /** What is seen of an endpoint's arms; empty before anything was. */
    Map<ServedVersion, ArmState> seen(EndpointId id);

    void see(EndpointId id, Map<ServedVersion, ArmState> arms);

    void add(EndpointId id, Step step);

    /** The newest first. */
    List<Step> steps(EndpointId id, int limit);

    /**
     * Adds what was counted.
     *
     * @param report names the post, which may come twice
     * @param clients who asked; counted on the day of {@code now} in UTC
     * @return false if it was there already
     */
    boolean count(String report, Instant now, List<Counted> counted, List<CountedClient> clients);

    /** What was counted without knowing who asked. */
    default boolean count(String report, Instant now, List<Counted> counted) {
        return count(report, now, counted, List.of());
    }

    /** What clients did on each day from this one on: the newest day first, then by client. */
    List<ClientDay> clients(EndpointId id, LocalDate since);

    /** The clients that were let in at least so often on that day. */
    Set<String> clientsWithAtLeast(EndpointId id, LocalDate day, long requests);

    /** The clients that have asked for all that the endpoint lets in on that day. */
    default Set<String> spent(Endpoint endpoint, LocalDate day) {
        long quota = endpoint.settings().limits().requestsPerDay();
        return quota == 0 ? Set.of() : clientsWithAtLeast(endpoint.id(), day, quota);
    }

    /** Forgets what clients did before this day. */
    void forgetClientsBefore(LocalDate day);

    /** What an arm did since then; nothing counted is a measure of zeros. */
    Measure measure(EndpointId id, ServedVersion version, Instant since);

    /** The same for each slot of time, the oldest first; slots without requests are left out. */
    List<Slot> slots(EndpointId id, Instant since);

    /** Forgets counts of before. */
    void forgetCountsBefore(Instant time);

    /** When somebody last asked; null if nobody did. */
    @Nullable
    Instant lastAsked(EndpointId id);

    /** Somebody asks. */
    void asked(EndpointId id, Instant now);

    /** What one arm did in one report. */
    record Counted(EndpointId endpoint, ServedVersion version, Measure measure) {}

    /** What one client did in one report. */
    record CountedClient(EndpointId endpoint, ClientCalls calls) {}

    /** What one client did on one day, in UTC. */
    record ClientDay(LocalDate day, ClientCalls calls) {}

    /** What one arm did in one slot. */
    record Slot(ServedVersion version, Instant at, Measure measure) {}
}
