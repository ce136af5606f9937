package io.benchtop.service.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Breaks off in the middle when the right to read was withdrawn, which is asked every few seconds. */
final class WatchedStream extends FilterInputStream {

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
        check();
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        check();
        return super.read(target, offset, length);
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
}
