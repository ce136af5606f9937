package io.benchtop.service.connection;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.Connections.SeenConnection;

/** Connections in the words of the REST interface; there is no secret in any of them. */
public final class ConnectionDescriptions {

    private ConnectionDescriptions() {}

    public static io.benchtop.api.connection.Connection of(SeenConnection seen) {
        Connection connection = seen.connection();
        return new io.benchtop.api.connection.Connection(
                connection.name().value(),
                connection.settings().kind(),
                connection.description(),
                connection.owner().value(),
                settings(connection.settings()),
                seen.secretSet(),
                seen.state().word(),
                seen.state().checkedAt() == null
                        ? null
                        : seen.state().checkedAt().toString());
    }

    /** What {@link ConnectionReading} reads as the same settings. */
    public static io.benchtop.api.connection.ConnectionSettings settings(ConnectionSettings settings) {
        return switch (settings) {
            case ObjectStorage storage ->
                new io.benchtop.api.connection.ConnectionSettings(
                        storage.endpoint() == null ? null : storage.endpoint().toString(),
                        storage.region(),
                        storage.bucket(),
                        storage.prefix(),
                        storage.pathStyle(),
                        storage.accessKeyId(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            case Folder folder ->
                new io.benchtop.api.connection.ConnectionSettings(
                        null, null, null, null, null, null, folder.path(), null, null, null, null, null);
            case Database database ->
                new io.benchtop.api.connection.ConnectionSettings(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        database.host(),
                        database.port(),
                        database.database(),
                        database.user(),
                        database.tls().code());
        };
    }
}
