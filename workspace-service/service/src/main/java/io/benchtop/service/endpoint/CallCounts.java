package io.benchtop.service.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port: what endpoints were asked, by version in slots of time, and by client and day. */
public interface CallCounts {

    /** Counts are kept per slot of this length; what is asked for since an instant begins with the first slot after it. */
    Duration SLOT = Duration.ofSeconds(10);

    /** Quotas go by days in UTC, which are the same for every replica and everybody who asks. */
    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /**
     * Adds what was counted.
     *
     * @param report names the post, which may come twice
     * @param clients who asked; counted on the {@linkplain #day day} of {@code now}
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

    /** What one client did on one day. */
    record ClientDay(LocalDate day, ClientCalls calls) {}

    /** What one arm did in one slot. */
    record Slot(ServedVersion version, Instant at, Measure measure) {}
}
