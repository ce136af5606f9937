package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.connection.ConnectionRequest;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What people do with connections. Each sees, uses and changes their own; an administrator all of them. None is kept that did
 * not answer: it is asked first, outside of any transaction, so that one that hangs holds up nobody.
 */
public final class Connections {

    /** The edge leaves these their rows, whatever was asked for. */
    private static final Set<ErrorCode> WRITTEN_ELSEWHERE = EnumSet.of(ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND);

    private final ConnectionRepository connections;
    private final ConnectedSources sources;
    private final SecretSeal seal;
    private final DataFolders folders;
    private final Transactions transactions;
    private final AuditTrail audit;

    public Connections(
            ConnectionRepository connections,
            ConnectedSources sources,
            SecretSeal seal,
            DataFolders folders,
            Transactions transactions,
            AuditTrail audit) {
        this.connections = requireNonNull(connections, "connections is null");
        this.sources = requireNonNull(sources, "sources is null");
        this.seal = requireNonNull(seal, "seal is null");
        this.folders = requireNonNull(folders, "folders is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
    }

    /** The caller's, by name; an administrator's are all. */
    public List<SeenConnection> list(Caller caller) {
        refuseNotebooks(caller);
        return connections.list().stream()
                .filter(kept -> maySee(caller, kept.connection()))
                .map(this::seen)
                .toList();
    }

    public SeenConnection get(Caller caller, String name) {
        return seen(own(caller, name));
    }

    /** @throws ProblemException {@code CONNECTION_FAILED} with what is wrong if it does not answer */
    public SeenConnection create(Caller caller, ConnectionRequest request) {
        refuseNotebooks(caller);
        caller.require(Role.DEVELOPER);
        return audited(caller, "connection.create", String.valueOf(request.name()), () -> {
            Connection connection = ConnectionReading.connection(request, caller.user());
            Secret secret = ConnectionReading.secret(request);
            admit(caller, connection, secret);
            if (connections.find(connection.name()).isPresent()) {
                throw taken(connection.name());
            }
            ask(connection, secret);
            KeptConnection kept = kept(connection, secret);
            transactions.run(() -> {
                if (!connections.insert(kept)) {
                    throw taken(connection.name());
                }
                done(caller, "connection.create", connection);
            });
            return seen(kept);
        });
    }

    /**
     * Makes the connection what is given; its name, kind and owner stay. Its secret stays too if none is given, but only where it
     * would be sent anyway: else whoever may change a connection could have the password sent to a host of their own.
     */
    public SeenConnection replace(Caller caller, String name, ConnectionRequest request) {
        KeptConnection before = own(caller, name);
        caller.require(Role.DEVELOPER);
        return audited(caller, "connection.change", name, () -> {
            Connection after = ConnectionReading.replacement(request, before.connection());
            Secret secret = request.secret() == null ? known(before, after) : ConnectionReading.secret(request);
            admit(caller, after, secret);
            ask(after, secret);
            KeptConnection kept = kept(after, secret);
            transactions.run(() -> {
                if (!connections.replace(before, kept)) {
                    throw ProblemException.of(
                            ErrorCode.CONFLICT,
                            "Somebody changed the connection \"" + name + "\" meanwhile. Look at it and try again.");
                }
                done(caller, "connection.change", after);
            });
            return seen(kept);
        });
    }

    private Secret known(KeptConnection before, Connection after) {
        if (before.hasSecret() && !before.connection().settings().sendsSecretWhere(after.settings())) {
            throw ProblemException.invalidField(
                    "secret",
                    "must be given again, because the secret that is kept would be sent elsewhere or as somebody else");
        }
        return sources.secret(before);
    }

    public void remove(Caller caller, String name) {
        KeptConnection kept = own(caller, name);
        caller.require(Role.DEVELOPER);
        transactions.run(() -> {
            if (connections.remove(kept.connection().name())) {
                done(caller, "connection.remove", kept.connection());
            }
        });
        sources.forget(kept.connection().name());
    }

    /** Asks it once more; what it says is an answer, not a failure of the request. */
    public Tested test(Caller caller, String name) {
        KeptConnection kept = own(caller, name);
        caller.require(Role.DEVELOPER);
        try {
            sources.test(kept);
            done(caller, "connection.test", kept.connection());
            return new Tested(true, kept.connection().title() + " answers.");
        } catch (ProblemException problem) {
            audit.refused(
                    caller.user().value(),
                    caller.address(),
                    "connection.test",
                    object(name),
                    problem.code(),
                    problem.detail());
            return new Tested(false, problem.detail());
        } catch (IOException _) {
            throw SourceProblem.away(kept.connection(), "the connection broke off. Try again.");
        }
    }

    /** An administrator's right is not that of every notebook that an administrator runs (S29). */
    static boolean maySee(Caller caller, Connection connection) {
        boolean inNotebook = caller.credential() instanceof Credential.WorkspaceServer;
        return caller.is(connection.owner()) || (caller.role().includes(Role.ADMIN) && !inNotebook);
    }

    private static void refuseNotebooks(Caller caller) {
        if (caller.credential() instanceof Credential.WorkspaceServer) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "A notebook's own token is not for connections. Use the page or the command line.");
        }
    }

    private KeptConnection own(Caller caller, String name) {
        refuseNotebooks(caller);
        return ConnectionName.find(name)
                .flatMap(connections::find)
                .filter(kept -> maySee(caller, kept.connection()))
                .orElseThrow(() -> ProblemException.notFound("connection", name));
    }

    private void admit(Caller caller, Connection connection, Secret secret) {
        if (connection.settings() instanceof Folder folder) {
            if (!caller.role().includes(Role.ADMIN)) {
                throw ProblemException.of(
                        ErrorCode.FORBIDDEN,
                        "Only administrators connect folders of the service's machine. Ask one to do it.");
            }
            folders.admit(folder.path());
        } else if (secret.text().isEmpty()) {
            throw ProblemException.invalidField("secret", "is missing: it is the password or the secret key");
        }
    }

    private void ask(Connection connection, Secret secret) {
        try {
            sources.test(connection, secret);
        } catch (ProblemException problem) {
            // Whatever the reason: what was asked for, a connection that answers, cannot be had.
            throw ProblemException.of(ErrorCode.CONNECTION_FAILED, problem.detail());
        } catch (IOException _) {
            throw SourceProblem.failed(connection, "the connection broke off. Try again.");
        }
    }

    private KeptConnection kept(Connection connection, Secret secret) {
        return new KeptConnection(connection, secret.text().isEmpty() ? "" : seal.seal(connection.name(), secret));
    }

    private SeenConnection seen(KeptConnection kept) {
        return new SeenConnection(kept.connection(), kept.hasSecret(), sources.state(kept));
    }

    private static ProblemException taken(ConnectionName name) {
        return ProblemException.of(
                ErrorCode.ALREADY_EXISTS, "There is a connection \"" + name + "\" already. Choose another name.");
    }

    private <T> T audited(Caller caller, String action, String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException problem) {
            if (!WRITTEN_ELSEWHERE.contains(problem.code())) {
                audit.refused(
                        caller.user().value(),
                        caller.address(),
                        action,
                        object(name),
                        problem.code(),
                        problem.detail());
            }
            throw problem;
        }
    }

    private void done(Caller caller, String action, Connection connection) {
        audit.done(
                caller.user().value(),
                caller.address(),
                action,
                object(connection.name().value()),
                connection.settings().kind() + ": " + connection.settings().place());
    }

    private static String object(String name) {
        return "connection/" + name;
    }

    /** What somebody who may see a connection sees of it. */
    public record SeenConnection(Connection connection, boolean secretSet, ConnectionState state) {

        public SeenConnection {
            requireNonNull(connection, "connection is null");
            requireNonNull(state, "state is null");
        }
    }

    /** @param message a sentence: that it answers, or what is wrong and what to do */
    public record Tested(boolean ok, String message) {

        public Tested {
            requireNonNull(message, "message is null");
        }
    }
}
