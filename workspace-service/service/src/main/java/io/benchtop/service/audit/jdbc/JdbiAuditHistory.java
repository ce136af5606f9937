package io.benchtop.service.audit.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditEvent;
import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.AuditRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the table {@code audit_events}. */
public final class JdbiAuditHistory implements AuditHistory {

    private static final String SELECT = "select id, happened_at, actor, address, action, subject, outcome, detail,"
            + " previous_hash, hash from audit_events ";

    private final Jdbi jdbi;

    public JdbiAuditHistory(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public List<AuditRow> newestFirst(AuditQuery query) {
        String byActor = query.actor() == null ? "" : "and actor = :actor ";
        String byAction = query.action() == null ? "" : "and action = :action ";
        return jdbi.withHandle(handle -> {
            var select = handle.createQuery(
                            SELECT + "where id < :before " + byActor + byAction + "order by id desc limit :limit")
                    .bind("before", query.before() == null ? Long.MAX_VALUE : query.before())
                    .bind("limit", query.limit());
            if (query.actor() != null) {
                select.bind("actor", query.actor());
            }
            if (query.action() != null) {
                select.bind("action", query.action());
            }
            return select.map(JdbiAuditHistory::row).list();
        });
    }

    @Override
    public List<AuditRow> after(long id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where id > :id order by id limit :limit")
                .bind("id", id)
                .bind("limit", limit)
                .map(JdbiAuditHistory::row)
                .list());
    }

    private static AuditRow row(ResultSet row, StatementContext context) throws SQLException {
        AuditEvent event = new AuditEvent(
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("outcome"),
                row.getString("detail"));
        return new AuditRow(row.getLong("id"), event, row.getString("previous_hash"), row.getString("hash"));
    }
}
