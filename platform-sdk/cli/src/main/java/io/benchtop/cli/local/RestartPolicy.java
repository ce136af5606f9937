package io.benchtop.cli.local;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a child that ended is started again: half a second, twice as long each time it happens again, 30
 * seconds at most, and from the beginning once it ran for a minute.
 *
 * @param failures how often it ended in a row
 */
record RestartPolicy(int failures) {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 6;

    static RestartPolicy fresh() {
        return new RestartPolicy(0);
    }

    RestartPolicy afterRun(Instant started, Instant ended) {
        var steady = Duration.between(started, ended).compareTo(STEADY) >= 0;
        return new RestartPolicy(steady ? 1 : failures + 1);
    }

    Duration delay() {
        var delay = FIRST.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), DOUBLINGS));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
