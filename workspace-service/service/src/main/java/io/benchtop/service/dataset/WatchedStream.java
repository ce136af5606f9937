package io.benchtop.service.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Breaks off in the middle when the right to read was withdrawn, which is asked every few seconds, or when the source fails. It then
 * throws {@link IOException} and nothing else: the server ends an answer for that, and leaves its reader waiting for anything else.
 */
final class WatchedStream extends FilterInputStream {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedStream.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final BooleanSupplier allowed;
    private Instant checkAt;

    WatchedStream(InputStream content, InstantSource clock, BooleanSupplier allowed) {
        super(content);
        this.clock = clock;
        this.allowed = allowed;
        this.checkAt = clock.instant().plus(PERIOD);
    }

    @Override
    public int read() throws IOException {
        try {
            check();
            return super.read();
        } catch (RuntimeException e) {
            throw brokenBy(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            check();
            return super.read(target, offset, length);
        } catch (RuntimeException e) {
            throw brokenBy(e);
        }
    }

    private void check() throws IOException {
        Instant now = clock.instant();
        if (now.isAfter(checkAt)) {
            if (!allowed.getAsBoolean()) {
                throw new IOException("the right to read was withdrawn");
            }
            checkAt = now.plus(PERIOD);
        }
    }

    private static IOException brokenBy(RuntimeException failure) {
        LOG.info("an answer breaks off: {}", failure.getMessage());
        return new IOException(failure.getMessage(), failure);
    }
}
