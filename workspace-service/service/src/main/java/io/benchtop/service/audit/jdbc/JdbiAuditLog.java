package io.benchtop.service.audit.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditChain;
import io.benchtop.service.audit.AuditEvent;
import io.benchtop.service.audit.AuditLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Appends under a lock on the head row, so that the chain has no fork however many replicas write. */
public final class JdbiAuditLog implements AuditLog {

    private record Head(long lastId, String lastHash) {}

    private final Jdbi jdbi;

    public JdbiAuditLog(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void record(AuditEvent event) {
        jdbi.useTransaction(handle -> append(handle, event));
    }

    private static void append(Handle handle, AuditEvent event) {
        Head head = handle.createQuery("select last_id, last_hash from audit_head for update")
                .map((row, context) -> new Head(row.getLong("last_id"), row.getString("last_hash")))
                .one();
        long id = head.lastId() + 1;
        String hash = AuditChain.hash(head.lastHash(), id, event);
        // One trip for both: everybody who writes waits for whoever holds the head row.
        handle.createUpdate("""
                        update audit_head set last_id = :id, last_hash = :hash;
                        insert into audit_events
                            (id, happened_at, actor, address, action, subject, outcome, detail, previous_hash, hash)
                        values (:id, :at, :actor, :address, :action, :object, :result, :detail, :previousHash, :hash)
                        """)
                .bind("id", id)
                .bind("at", event.at())
                .bind("actor", event.actor())
                .bind("address", event.address())
                .bind("action", event.action())
                .bind("object", event.object())
                .bind("result", event.result())
                .bind("detail", event.detail())
                .bind("previousHash", head.lastHash())
                .bind("hash", hash)
                .execute();
    }
}
