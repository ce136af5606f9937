package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Port: whether what runs the servers can be asked and seen; for metrics and readiness. */
@FunctionalInterface
public interface SpawnerHealth {

    Health health();

    /**
     * @param answering whether it answered the last question
     * @param watching whether it tells by itself what changes; without, changes are seen late
     * @param lastSeen when what is known was last compared with the world; null before the first time
     * @param detail a sentence for the operator; empty when all is well
     */
    record Health(
            boolean answering, boolean watching, @Nullable Instant lastSeen, String detail) {

        public Health {
            requireNonNull(detail, "detail is null");
        }

        /** Of a spawner that looks at the world itself each time. */
        public static Health good(Instant now) {
            return new Health(true, true, now, "");
        }
    }
}
