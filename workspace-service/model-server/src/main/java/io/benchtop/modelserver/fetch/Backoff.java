package io.benchtop.modelserver.fetch;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a call so often, with a pause that doubles after each failure. */
public record Backoff(int tries, Duration first, Duration longest) {

    private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);

    /** For a service that may be starting. */
    public static final Backoff PATIENT = new Backoff(8, Duration.ofMillis(500), Duration.ofSeconds(15));

    /** What is tried. */
    interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T call(Call<T> call) throws IOException, InterruptedException {
        Duration pause = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.run();
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (attempt >= tries) {
                    throw e;
                }
                LOG.info("trying again attempt={} after={}: {}", attempt, pause, e.toString());
                Thread.sleep(pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(longest) < 0 ? doubled : longest;
            }
        }
    }
}
