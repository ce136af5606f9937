package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document of the provider, fetched when it is first needed and again when it is old. While the provider is away the old
 * one goes on counting. It is not asked more often than every {@link #PAUSE}, whatever strangers make us look for (S27).
 * Thread-safe; one thread asks, the others wait for it.
 */
final class RemoteDocument<T> {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteDocument.class);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @FunctionalInterface
    interface Source<T> {
        T fetch() throws ProviderException;
    }

    private final Source<T> source;
    private final InstantSource clock;
    private @Nullable T kept;
    private Instant keptSince = Instant.MIN;
    private Instant asked = Instant.MIN;
    private @Nullable ProviderException failure;

    RemoteDocument(Source<T> source, InstantSource clock) {
        this.source = requireNonNull(source, "source is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    synchronized T current() throws ProviderException {
        return kept != null && clock.instant().isBefore(keptSince.plus(LIFE)) ? kept : newer();
    }

    /** The same, but asks for a newer one unless that was done a moment ago. */
    synchronized T newer() throws ProviderException {
        if (!clock.instant().isBefore(asked.plus(PAUSE))) {
            ask();
        }
        if (kept != null) {
            return kept;
        }
        throw requireNonNull(failure, "neither a document nor a failure");
    }

    private void ask() {
        asked = clock.instant();
        try {
            kept = source.fetch();
            keptSince = asked;
            failure = null;
        } catch (ProviderException e) {
            failure = e;
            LOG.atWarn().addKeyValue("error", e.why()).log("the identity provider could not be asked");
        }
    }
}
