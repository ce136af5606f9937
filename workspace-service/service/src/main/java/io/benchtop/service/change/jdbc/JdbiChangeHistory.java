package io.benchtop.service.change.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeHistory;
import io.benchtop.service.change.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the table {@code changes}, in which a newer replica may write what this one does not know. */
public final class JdbiChangeHistory implements ChangeHistory {

    private static final Logger LOG = LoggerFactory.getLogger(JdbiChangeHistory.class);
    private static final String SELECT = "select revision, mark, kind, subject, detail, happened_at from changes ";

    private final Jdbi jdbi;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    public JdbiChangeHistory(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public Revision head() {
        return last(1).getFirst().revision();
    }

    /** The row of the place itself is read along: only if it is still the same is what follows the rest. */
    @Override
    public Optional<List<Change>> after(Revision revision, int limit) {
        List<Change> rows = jdbi.withHandle(
                handle -> handle.createQuery(SELECT + "where revision >= :number order by revision limit :limit")
                        .bind("number", revision.number())
                        .bind("limit", limit + 1)
                        .map(this::change)
                        .list());
        return !rows.isEmpty() && rows.getFirst().revision().equals(revision)
                ? Optional.of(rows.subList(1, rows.size()))
                : Optional.empty();
    }

    @Override
    public List<Change> last(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "order by revision desc limit :limit")
                .bind("limit", limit)
                .map(this::change)
                .list()
                .reversed());
    }

    @Override
    public void forgetBefore(Instant time) {
        jdbi.useHandle(handle -> handle.createUpdate("""
            delete from changes
            where happened_at < :time and revision < (select last_revision from change_head)
            """).bind("time", time).execute());
    }

    private Change change(ResultSet row, StatementContext context) throws SQLException {
        return new Change(
                new Revision(row.getLong("revision"), row.getString("mark")),
                kind(row.getString("kind")),
                row.getString("subject"),
                row.getString("detail"),
                row.getObject("happened_at", OffsetDateTime.class).toInstant());
    }

    private Change.Kind kind(String name) {
        try {
            return Change.Kind.valueOf(name);
        } catch (IllegalArgumentException e) {
            if (unknown.add(name)) {
                LOG.atWarn()
                        .addKeyValue("kind", name)
                        .log("a newer replica writes changes that this one does not know; they are skipped");
            }
            return Change.Kind.UNKNOWN;
        }
    }
}
