package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.time.Duration;

/**
 * How many model-servers a version has.
 *
 * @param min 0 lets it sleep while nobody asks
 * @param max on a cluster, by load; on one machine there are {@code min}, at least one while it is awake
 * @param idleAfter how long nobody has asked until it falls asleep; counts where {@code min} is 0
 */
public record Scaling(int min, int max, Duration idleAfter) {

    public static final Scaling ONE = new Scaling(1, 1, Duration.ofMinutes(15));

    private static final int MOST = 100;

    public Scaling {
        requireNonNull(idleAfter, "idleAfter is null");
        if (min < 0 || max < 1 || min > max || max > MOST) {
            throw ProblemException.invalidField(
                    "scaling", "must have 0 <= min <= max <= " + MOST + " and a max of at least 1");
        }
        if (idleAfter.compareTo(Duration.ofSeconds(10)) < 0) {
            throw ProblemException.invalidField("scaling.idleAfterSeconds", "must be at least 10");
        }
    }

    /** How many there are at least while it is awake. */
    public int least() {
        return Math.max(1, min);
    }

    /** Whether load decides how many there are. */
    public boolean isByLoad() {
        return max > least();
    }
}
