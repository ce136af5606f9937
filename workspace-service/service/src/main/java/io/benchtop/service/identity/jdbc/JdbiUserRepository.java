package io.benchtop.service.identity.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.UserRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Users in the table {@code users}. */
public final class JdbiUserRepository implements UserRepository {

    private static final String COLUMNS = "name, display_name, role, disabled, created_at, last_sign_in_at";

    private final Jdbi jdbi;

    public JdbiUserRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public Optional<User> find(UserName name) {
        return find(name, "");
    }

    @Override
    public Optional<User> lock(UserName name) {
        return find(name, " for update");
    }

    private Optional<User> find(UserName name, String locking) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select " + COLUMNS + " from users where name = :name" + locking)
                        .bind("name", name.value())
                        .map(JdbiUserRepository::user)
                        .findOne());
    }

    @Override
    public List<User> list() {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from users order by name")
                .map(JdbiUserRepository::user)
                .list());
    }

    @Override
    public boolean insert(User user) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into users (name, display_name, role, disabled, created_at, last_sign_in_at)
                        values (:name, :displayName, :role, :disabled, :createdAt, :lastSignInAt)
                        on conflict do nothing
                        """)
                        .bind("name", user.name().value())
                        .bind("displayName", user.displayName().value())
                        .bind("role", user.role().code())
                        .bind("disabled", user.disabled())
                        .bind("createdAt", user.createdAt())
                        .bind("lastSignInAt", user.lastSignInAt())
                        .execute()
                == 1);
    }

    @Override
    public void update(User user) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update users set display_name = :displayName, role = :role, disabled = :disabled
                        where name = :name
                        """)
                .bind("name", user.name().value())
                .bind("displayName", user.displayName().value())
                .bind("role", user.role().code())
                .bind("disabled", user.disabled())
                .execute());
    }

    @Override
    public boolean anySignedIn(Role role) {
        return jdbi.withHandle(handle ->
                handle.createQuery("select count(*) from users where role = :role and last_sign_in_at is not null")
                                .bind("role", role.code())
                                .mapTo(long.class)
                                .one()
                        > 0);
    }

    @Override
    public long lockAndCountEnabled(Role role) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select name from users where role = :role and not disabled for update")
                        .bind("role", role.code())
                        .mapTo(String.class)
                        .list()
                        .size());
    }

    @Override
    public void signedIn(UserName name, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("update users set last_sign_in_at = :at where name = :name")
                .bind("name", name.value())
                .bind("at", at)
                .execute());
    }

    @Override
    public Optional<String> passwordHash(UserName name) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select password_hash from users where name = :name and password_hash is not null")
                .bind("name", name.value())
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void setPasswordHash(UserName name, String hash) {
        jdbi.useHandle(handle -> handle.createUpdate("update users set password_hash = :hash where name = :name")
                .bind("name", name.value())
                .bind("hash", hash)
                .execute());
    }

    private static User user(ResultSet row, StatementContext context) throws SQLException {
        return new User(
                new UserName(row.getString("name")),
                new DisplayName(row.getString("display_name")),
                Role.parse(row.getString("role")),
                row.getBoolean("disabled"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "last_sign_in_at"));
    }
}
