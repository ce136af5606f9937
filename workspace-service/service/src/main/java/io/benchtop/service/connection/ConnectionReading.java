package io.benchtop.service.connection;

import static java.util.Objects.requireNonNullElse;

import io.benchtop.api.connection.ConnectionRequest;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.ConnectionSettings.Tls;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection of what somebody wrote, in a request or a row of the database: both come this one way, so that none gets
 * around a check.
 */
public final class ConnectionReading {

    private static final Set<String> DATABASE_FIELDS = Set.of("host", "port", "database", "user", "tls");

    private ConnectionReading() {}

    /** @throws ProblemException {@code INVALID_FIELD}, naming the field that is wrong */
    public static Connection connection(ConnectionRequest request, UserName owner) {
        return new Connection(
                new ConnectionName(present("name", request.name())),
                owner,
                requireNonNullElse(request.description(), ""),
                settings(present("kind", request.kind()), request));
    }

    /** Of one that is there: its name and kind need not be said again, and must not be others. */
    static Connection replacement(ConnectionRequest request, Connection known) {
        same("name", known.name().value(), request.name());
        same("kind", known.settings().kind(), request.kind());
        return new Connection(
                known.name(),
                known.owner(),
                requireNonNullElse(request.description(), ""),
                settings(known.settings().kind(), request));
    }

    static Secret secret(ConnectionRequest request) {
        return request.secret() == null ? Secret.NONE : new Secret(request.secret());
    }

    private static void same(String field, String known, @Nullable String given) {
        if (given != null && !given.equals(known)) {
            throw ProblemException.invalidField(
                    field, "must stay \"" + known + "\": datasets go by it. Make another connection instead");
        }
    }

    private static ConnectionSettings settings(String kind, ConnectionRequest request) {
        io.benchtop.api.connection.ConnectionSettings given = present("settings", request.settings());
        return switch (kind) {
            case ObjectStorage.KIND -> storage(given);
            case Folder.KIND -> folder(given);
            case "postgresql" -> database(DatabaseKind.POSTGRESQL, given);
            case "mariadb" -> database(DatabaseKind.MARIADB, given);
            default -> throw ProblemException.invalidField("kind", "must be s3, folder, postgresql or mariadb");
        };
    }

    private static ObjectStorage storage(io.benchtop.api.connection.ConnectionSettings given) {
        only(given, Set.of("endpoint", "region", "bucket", "prefix", "pathStyle", "accessKeyId"));
        return new ObjectStorage(
                endpoint(given.endpoint()),
                present("settings.region", given.region()),
                present("settings.bucket", given.bucket()),
                requireNonNullElse(given.prefix(), ""),
                requireNonNullElse(given.pathStyle(), false),
                present("settings.accessKeyId", given.accessKeyId()));
    }

    private static @Nullable URI endpoint(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw ProblemException.invalidField(
                    "settings.endpoint", "must be http:// or https://, a host and perhaps a port, and nothing more");
        }
    }

    private static Folder folder(io.benchtop.api.connection.ConnectionSettings given) {
        only(given, Set.of("path"));
        return new Folder(present("settings.path", given.path()));
    }

    private static Database database(DatabaseKind kind, io.benchtop.api.connection.ConnectionSettings given) {
        only(given, DATABASE_FIELDS);
        return new Database(
                kind,
                present("settings.host", given.host()),
                requireNonNullElse(given.port(), kind.usualPort()),
                present("settings.database", given.database()),
                present("settings.user", given.user()),
                tls(given.tls()));
    }

    private static Tls tls(@Nullable String text) {
        for (Tls each : Tls.values()) {
            if (each.code().equals(requireNonNullElse(text, Tls.VERIFY.code()))) {
                return each;
            }
        }
        throw ProblemException.invalidField("settings.tls", "must be verify, require or off");
    }

    private static void only(io.benchtop.api.connection.ConnectionSettings given, Set<String> meant) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("endpoint", given.endpoint());
        all.put("region", given.region());
        all.put("bucket", given.bucket());
        all.put("prefix", given.prefix());
        all.put("pathStyle", given.pathStyle());
        all.put("accessKeyId", given.accessKeyId());
        all.put("path", given.path());
        all.put("host", given.host());
        all.put("port", given.port());
        all.put("database", given.database());
        all.put("user", given.user());
        all.put("tls", given.tls());
        all.forEach((field, value) -> {
            if (value != null && !meant.contains(field)) {
                throw ProblemException.invalidField("settings." + field, "means nothing for a connection of this kind");
            }
        });
    }

    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw ProblemException.invalidField(field, "is missing");
        }
        return value;
    }
}
