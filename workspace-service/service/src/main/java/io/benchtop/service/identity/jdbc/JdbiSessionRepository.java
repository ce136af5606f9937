package io.benchtop.service.identity.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Session;
import io.benchtop.service.identity.SessionRepository;
import io.benchtop.service.identity.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Sessions in the table {@code sessions}. */
public final class JdbiSessionRepository implements SessionRepository {

    private static final String SELECT = "select sid, user_name, created_at, last_seen_at, ended_at from sessions ";

    private final Jdbi jdbi;

    public JdbiSessionRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void insert(Session session) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into sessions (sid, user_name, created_at, last_seen_at, ended_at)
                        values (:sid, :user, :createdAt, :lastSeenAt, :endedAt)
                        """)
                .bind("sid", session.sid())
                .bind("user", session.user().value())
                .bind("createdAt", session.createdAt())
                .bind("lastSeenAt", session.lastSeenAt())
                .bind("endedAt", session.endedAt())
                .execute());
    }

    @Override
    public Optional<Session> find(String sid) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where sid = :sid")
                .bind("sid", sid)
                .map(JdbiSessionRepository::session)
                .findOne());
    }

    @Override
    public void seen(String sid, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("update sessions set last_seen_at = :at where sid = :sid")
                .bind("sid", sid)
                .bind("at", at)
                .execute());
    }

    @Override
    public boolean end(String sid, Instant at) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("update sessions set ended_at = :at where sid = :sid and ended_at is null")
                                .bind("sid", sid)
                                .bind("at", at)
                                .execute()
                        == 1);
    }

    @Override
    public List<String> endAll(UserName user, Instant at) {
        return jdbi.inTransaction(handle -> {
            List<String> open = handle.createQuery(
                            "select sid from sessions where user_name = :user and ended_at is null for update")
                    .bind("user", user.value())
                    .mapTo(String.class)
                    .list();
            open.forEach(sid -> end(sid, at));
            return open;
        });
    }

    @Override
    public List<Session> endedSince(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where ended_at > :since order by ended_at, sid")
                .bind("since", since)
                .map(JdbiSessionRepository::session)
                .list());
    }

    @Override
    public void forgetUnseenSince(Instant before) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from sessions where last_seen_at < :before")
                .bind("before", before)
                .execute());
    }

    private static Session session(ResultSet row, StatementContext context) throws SQLException {
        return new Session(
                row.getString("sid"),
                new UserName(row.getString("user_name")),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "last_seen_at"),
                Rows.instantOrNull(row, "ended_at"));
    }
}
