package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.SourceGuard.Patience;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sources of the connections that are kept, each with a guard that lives as long as its connection stays what it is. For any
 * number of threads; each replica has guards of its own.
 */
public final class ConnectedSources implements Sources {

    private final ConnectionRepository connections;
    private final SecretSeal seal;
    private final SourceOpening opening;
    private final InstantSource clock;
    private final Patience patience;
    private final Map<ConnectionName, Guarded> guards = new ConcurrentHashMap<>();

    public ConnectedSources(
            ConnectionRepository connections, SecretSeal seal, SourceOpening opening, InstantSource clock) {
        this(connections, seal, opening, clock, Patience.USUAL);
    }

    ConnectedSources(
            ConnectionRepository connections,
            SecretSeal seal,
            SourceOpening opening,
            InstantSource clock,
            Patience patience) {
        this.connections = requireNonNull(connections, "connections is null");
        this.seal = requireNonNull(seal, "seal is null");
        this.opening = requireNonNull(opening, "opening is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    @Override
    public FileSource files(String connection) {
        KeptConnection kept = kept(connection);
        Connection known = kept.connection();
        FileSource source = switch (known.settings()) {
            case ObjectStorage storage -> opening.open(known, storage, secret(kept));
            case Folder folder -> opening.open(known, folder);
            case Database _ ->
                throw ProblemException.of(
                        ErrorCode.BAD_REQUEST,
                        known.title() + " leads to tables, not to files. Name a table or a query.");
        };
        return new GuardedFileSource(source, guard(kept));
    }

    @Override
    public TableSource tables(String connection) {
        KeptConnection kept = kept(connection);
        Connection known = kept.connection();
        if (known.settings() instanceof Database database) {
            return new GuardedTableSource(opening.open(known, database, secret(kept)), guard(kept));
        }
        throw ProblemException.of(
                ErrorCode.BAD_REQUEST, known.title() + " leads to files, not to tables. Name a path of it.");
    }

    @Override
    public boolean mayUse(Caller caller, String connection) {
        return ConnectionName.find(connection)
                .flatMap(connections::find)
                .filter(kept -> Connections.maySee(caller, kept.connection()))
                .isPresent();
    }

    /** Asks the source of a connection, kept or not, whether it answers. */
    void test(Connection connection, Secret secret) throws IOException {
        switch (connection.settings()) {
            case ObjectStorage storage ->
                opening.open(connection, storage, secret).test();
            case Folder folder -> opening.open(connection, folder).test();
            case Database database -> opening.open(connection, database, secret).test();
        }
    }

    /** The same behind its guard. */
    void test(KeptConnection kept) throws IOException {
        String name = kept.connection().name().value();
        if (kept.connection().settings() instanceof Database) {
            tables(name).test();
        } else {
            files(name).test();
        }
    }

    ConnectionState state(KeptConnection kept) {
        Guarded known = guards.get(kept.connection().name());
        return known == null || !known.kept().equals(kept)
                ? ConnectionState.UNKNOWN
                : known.guard().state();
    }

    void forget(ConnectionName name) {
        guards.remove(name);
    }

    Secret secret(KeptConnection kept) {
        if (!kept.hasSecret()) {
            return Secret.NONE;
        }
        return seal.open(kept.connection().name(), kept.sealed())
                .orElseThrow(() -> SourceProblem.failed(
                        kept.connection(),
                        "its secret was sealed with another key of this installation and is lost. Give it again."));
    }

    private KeptConnection kept(String name) {
        return ConnectionName.find(name)
                .flatMap(connections::find)
                .orElseThrow(() -> ProblemException.notFound("connection", name));
    }

    private SourceGuard guard(KeptConnection kept) {
        Connection connection = kept.connection();
        return guards.compute(
                        connection.name(),
                        (_, known) -> known != null && known.kept().equals(kept)
                                ? known
                                : new Guarded(kept, new SourceGuard(connection, patience, clock)))
                .guard();
    }

    private record Guarded(KeptConnection kept, SourceGuard guard) {}
}
