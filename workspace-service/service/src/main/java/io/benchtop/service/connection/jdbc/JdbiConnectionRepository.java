package io.benchtop.service.connection.jdbc;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import io.benchtop.api.connection.ConnectionRequest;
import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionDescriptions;
import io.benchtop.service.connection.ConnectionName;
import io.benchtop.service.connection.ConnectionReading;
import io.benchtop.service.connection.ConnectionRepository;
import io.benchtop.service.connection.KeptConnection;
import io.benchtop.service.identity.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Connections in the table {@code connections}; settings are the JSON of the wire, read like a request and checked like one. */
public final class JdbiConnectionRepository implements ConnectionRepository {

    private static final Gson GSON = new Gson();
    private static final String SELECT = "select name, owner, description, kind, settings, secret from connections";

    private final Jdbi jdbi;

    public JdbiConnectionRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public List<KeptConnection> list() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " order by name")
                .map((row, _) -> read(row))
                .list());
    }

    @Override
    public Optional<KeptConnection> find(ConnectionName name) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " where name = :name")
                .bind("name", name.value())
                .map((row, _) -> read(row))
                .findOne());
    }

    @Override
    public boolean insert(KeptConnection connection) {
        return jdbi.withHandle(
                handle -> bind(handle.createUpdate("""
                                        insert into connections (name, owner, description, kind, settings, secret)
                                        values (:name, :owner, :description, :kind, :settings, :secret)
                                        on conflict do nothing
                                        """), connection).execute() == 1);
    }

    @Override
    public boolean replace(KeptConnection before, KeptConnection after) {
        return jdbi.withHandle(handle -> bind(handle.createUpdate("""
                                        update connections
                                        set description = :description, settings = :settings, secret = :secret
                                        where name = :name and owner = :owner and kind = :kind
                                            and settings = :known and secret = :knownSecret
                                        """), after)
                        .bind("known", settings(before.connection()))
                        .bind("knownSecret", before.sealed())
                        .execute()
                == 1);
    }

    @Override
    public boolean remove(ConnectionName name) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from connections where name = :name")
                        .bind("name", name.value())
                        .execute()
                == 1);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, KeptConnection kept) {
        Connection connection = kept.connection();
        return statement
                .bind("name", connection.name().value())
                .bind("owner", connection.owner().value())
                .bind("description", connection.description())
                .bind("kind", connection.settings().kind())
                .bind("settings", settings(connection))
                .bind("secret", kept.sealed());
    }

    private static String settings(Connection connection) {
        return GSON.toJson(ConnectionDescriptions.settings(connection.settings()));
    }

    private static KeptConnection read(ResultSet row) throws SQLException {
        ConnectionRequest stored = new ConnectionRequest(
                row.getString("name"),
                row.getString("kind"),
                row.getString("description"),
                GSON.fromJson(row.getString("settings"), io.benchtop.api.connection.ConnectionSettings.class),
                null);
        return new KeptConnection(
                ConnectionReading.connection(stored, new UserName(row.getString("owner"))), row.getString("secret"));
    }
}
