package io.benchtop.service.identity.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.LinkPurpose;
import io.benchtop.service.identity.LinkRepository;
import io.benchtop.service.identity.SignInLink;
import io.benchtop.service.identity.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Sign-in links in the table {@code sign_in_links}. */
public final class JdbiLinkRepository implements LinkRepository {

    private final Jdbi jdbi;

    public JdbiLinkRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void insert(String tokenHash, SignInLink link) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into sign_in_links (token_hash, purpose, user_name, expires_at)
                        values (:tokenHash, :purpose, :user, :expiresAt)
                        """)
                .bind("tokenHash", tokenHash)
                .bind("purpose", link.purpose().code())
                .bind("user", userOf(link))
                .bind("expiresAt", link.expiresAt())
                .execute());
    }

    @Override
    public Optional<SignInLink> find(String tokenHash) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select purpose, user_name, expires_at from sign_in_links
                        where token_hash = :tokenHash and ended_at is null
                        """)
                .bind("tokenHash", tokenHash)
                .map(JdbiLinkRepository::link)
                .findOne());
    }

    @Override
    public boolean end(String tokenHash, Instant at) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update sign_in_links set ended_at = :at where token_hash = :tokenHash and ended_at is null
                        """)
                        .bind("tokenHash", tokenHash)
                        .bind("at", at)
                        .execute()
                == 1);
    }

    @Override
    public void endAllLike(SignInLink link, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update sign_in_links set ended_at = :at
                        where purpose = :purpose and coalesce(user_name, '') = coalesce(:user, '') and ended_at is null
                        """)
                .bind("at", at)
                .bind("purpose", link.purpose().code())
                .bind("user", userOf(link))
                .execute());
    }

    private static @Nullable String userOf(SignInLink link) {
        return link.user() == null ? null : link.user().value();
    }

    private static SignInLink link(ResultSet row, StatementContext context) throws SQLException {
        String user = row.getString("user_name");
        return new SignInLink(
                LinkPurpose.parse(row.getString("purpose")),
                user == null ? null : new UserName(user),
                Rows.instant(row, "expires_at"));
    }
}
