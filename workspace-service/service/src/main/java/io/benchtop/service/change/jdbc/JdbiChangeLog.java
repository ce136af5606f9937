package io.benchtop.service.change.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeLog;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Takes the next number under a lock on the head row, which is held until the transaction ends. */
public final class JdbiChangeLog implements ChangeLog {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Runnable committed;

    /** @param committed is run after each transaction that wrote something here */
    public JdbiChangeLog(Jdbi jdbi, InstantSource clock, Runnable committed) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.committed = requireNonNull(committed, "committed is null");
    }

    @Override
    public void append(Change.Kind kind, String subject, String detail) {
        jdbi.useTransaction(handle -> append(handle, kind, subject, detail));
    }

    private void append(Handle handle, Change.Kind kind, String subject, String detail) {
        // One trip for both: everybody who writes waits for whoever holds the head row.
        handle.createUpdate("""
            update change_head set last_revision = last_revision + 1;
            insert into changes (revision, mark, kind, subject, detail, happened_at)
            select last_revision, :mark, :kind, :subject, :detail, :at from change_head
            """)
                .bind("mark", mark())
                .bind("kind", kind.name())
                .bind("subject", subject)
                .bind("detail", detail)
                .bind("at", clock.instant())
                .execute();
        handle.afterCommit(committed);
    }

    private static String mark() {
        return Long.toString(RANDOM.nextLong(1L << 40), Character.MAX_RADIX);
    }
}
