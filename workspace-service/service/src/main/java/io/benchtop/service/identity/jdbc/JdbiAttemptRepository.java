package io.benchtop.service.identity.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.AttemptRepository;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Attempts that have come back, in the table {@code used_sign_in_attempts}. */
public final class JdbiAttemptRepository implements AttemptRepository {

    private final Jdbi jdbi;

    public JdbiAttemptRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean use(String stateHash, Instant endsAt, Instant forget) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("delete from used_sign_in_attempts where ends_at < :forget")
                    .bind("forget", forget)
                    .execute();
            return handle.createUpdate("""
                            insert into used_sign_in_attempts (state_hash, ends_at) values (:stateHash, :endsAt)
                            on conflict do nothing
                            """)
                            .bind("stateHash", stateHash)
                            .bind("endsAt", endsAt)
                            .execute()
                    == 1;
        });
    }
}
