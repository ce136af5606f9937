package io.benchtop.service.workspace.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.IdempotencyRepository;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Answered requests in the table {@code idempotency_keys}. */
public final class JdbiIdempotencyRepository implements IdempotencyRepository {

    private final Jdbi jdbi;

    public JdbiIdempotencyRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public Optional<Answered> find(UserName owner, String key) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select request_hash, workspace_id, answered_at from idempotency_keys
                        where owner = :owner and idempotency_key = :key
                        """)
                .bind("owner", owner.value())
                .bind("key", key)
                .map((row, _) -> new Answered(
                        row.getString("request_hash"),
                        new WorkspaceId(row.getString("workspace_id")),
                        row.getObject("answered_at", OffsetDateTime.class).toInstant()))
                .findOne());
    }

    @Override
    public void insert(UserName owner, String key, Answered answered) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into idempotency_keys (owner, idempotency_key, request_hash, workspace_id, answered_at)
                        values (:owner, :key, :requestHash, :id, :at)
                        """)
                .bind("owner", owner.value())
                .bind("key", key)
                .bind("requestHash", answered.requestHash())
                .bind("id", answered.id().value())
                .bind("at", answered.at())
                .execute());
    }

    @Override
    public void forgetBefore(Instant time) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from idempotency_keys where answered_at < :time")
                .bind("time", time)
                .execute());
    }
}
