package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnerHealth.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether this replica sees enough of the servers to do its work. What runs them may be away: that makes no replica unready,
 * because what is known is still right and is served on (F06, F07). But one that answers while for minutes nothing was
 * compared with it shows that this replica's own eyes are shut, and that others had better do its work (F08). Thread-safe.
 */
public final class SpawnerReadiness {

    static final Duration LONGEST_BLINDNESS = Duration.ofMinutes(3);

    private final SpawnerHealth spawner;
    private final InstantSource clock;
    private volatile Instant excusedUntil;

    public SpawnerReadiness(SpawnerHealth spawner, InstantSource clock) {
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.excusedUntil = clock.instant().plus(LONGEST_BLINDNESS);
    }

    public boolean isReady() {
        return !isBlind(spawner.health());
    }

    /** What is wrong, in a sentence for the operator. */
    public Optional<String> warning() {
        Health health = spawner.health();
        if (isBlind(health)) {
            Instant seen = health.lastSeen();
            return Optional.of("What is known of servers was last compared with the cluster "
                    + (seen == null ? "never" : "at " + seen)
                    + ", although it answers. Other replicas do this one's work; its log says why.");
        }
        return Optional.of(health.detail()).filter(detail -> !detail.isEmpty());
    }

    /** After an outage, as after the start, there is time for a first look. */
    private boolean isBlind(Health health) {
        Instant now = clock.instant();
        if (!health.answering()) {
            excusedUntil = now.plus(LONGEST_BLINDNESS);
            return false;
        }
        Instant seen = health.lastSeen();
        return now.isAfter(excusedUntil) && (seen == null || seen.isBefore(now.minus(LONGEST_BLINDNESS)));
    }
}
