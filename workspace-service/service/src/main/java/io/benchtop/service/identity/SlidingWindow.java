package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what happened per key within the last while and says how long a key has to wait. Memory is bounded: at most
 * {@code limit} times for each of {@code maxKeys} keys, the key longest unused goes first. Thread-safe.
 */
public final class SlidingWindow {

    private final int limit;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> times;

    public SlidingWindow(int limit, Duration window, int maxKeys, InstantSource clock) {
        this.limit = limit;
        this.window = requireNonNull(window, "window is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.times = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** Counts one more for the key, or says how long to wait because the limit is reached, without counting. */
    public synchronized Optional<Duration> tryAdd(String key) {
        Instant now = clock.instant();
        Deque<Instant> seen = times.computeIfAbsent(key, _ -> new ArrayDeque<>(limit));
        Instant horizon = now.minus(window);
        while (!seen.isEmpty() && !seen.getFirst().isAfter(horizon)) {
            seen.removeFirst();
        }
        if (seen.size() >= limit) {
            return Optional.of(Duration.between(horizon, seen.getFirst()));
        }
        seen.addLast(now);
        return Optional.empty();
    }

    /** Forgets the newest of the key: what it counted turned out well. */
    public synchronized void takeBack(String key) {
        Deque<Instant> seen = times.get(key);
        if (seen != null) {
            seen.pollLast();
        }
    }
}
