package io.benchtop.service.identity.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.ApiToken;
import io.benchtop.service.identity.TokenRepository;
import io.benchtop.service.identity.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** API tokens in the table {@code api_tokens}. */
public final class JdbiTokenRepository implements TokenRepository {

    private static final String SELECT =
            "select id, user_name, name, created_at, expires_at, last_used_at, endpoint from api_tokens where revoked_at is"
                    + " null ";

    private final Jdbi jdbi;

    public JdbiTokenRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void insert(ApiToken token, String secretHash) {
        jdbi.useHandle(handle -> handle.createUpdate("""
            insert into api_tokens (id, user_name, name, secret_hash, created_at, expires_at, last_used_at, endpoint)
            values (:id, :user, :name, :secretHash, :createdAt, :expiresAt, :lastUsedAt, :endpoint)
            """)
                .bind("id", token.id())
                .bind("user", token.user().value())
                .bind("name", token.name())
                .bind("secretHash", secretHash)
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .bind("lastUsedAt", token.lastUsedAt())
                .bind("endpoint", token.endpoint())
                .execute());
    }

    @Override
    public Optional<ApiToken> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "and id = :id")
                .bind("id", id)
                .map(JdbiTokenRepository::token)
                .findOne());
    }

    @Override
    public Optional<String> secretHash(String id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select secret_hash from api_tokens where id = :id and revoked_at is null")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne());
    }

    @Override
    public List<ApiToken> list(UserName user, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + "and user_name = :user and expires_at > :now order by created_at desc, id")
                .bind("user", user.value())
                .bind("now", now)
                .map(JdbiTokenRepository::token)
                .list());
    }

    @Override
    public void used(String id, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("update api_tokens set last_used_at = :at where id = :id")
                .bind("id", id)
                .bind("at", at)
                .execute());
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("update api_tokens set revoked_at = :at where id = :id and revoked_at is null")
                                .bind("id", id)
                                .bind("at", at)
                                .execute()
                        == 1);
    }

    @Override
    public List<String> revokeAll(UserName user, Instant at) {
        return jdbi.inTransaction(handle -> {
            List<String> open = handle.createQuery(
                            "select id from api_tokens where user_name = :user and revoked_at is null for update")
                    .bind("user", user.value())
                    .mapTo(String.class)
                    .list();
            open.forEach(id -> revoke(id, at));
            return open;
        });
    }

    @Override
    public List<String> revokedSince(Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id from api_tokens where revoked_at > :since order by revoked_at, id")
                .bind("since", since)
                .mapTo(String.class)
                .list());
    }

    private static ApiToken token(ResultSet row, StatementContext context) throws SQLException {
        return new ApiToken(
                row.getString("id"),
                new UserName(row.getString("user_name")),
                row.getString("name"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "expires_at"),
                Rows.instantOrNull(row, "last_used_at"),
                row.getString("endpoint"));
    }
}
