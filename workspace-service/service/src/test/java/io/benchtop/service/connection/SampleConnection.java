package io.benchtop.service.connection;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.DatabaseKind;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.ConnectionSettings.Tls;
import io.benchtop.service.identity.UserName;
import java.net.URI;

/** Connections for tests. */
public final class SampleConnection {

    private SampleConnection() {}

    public static Connection of(String name, ConnectionSettings settings) {
        return new Connection(new ConnectionName(name), new UserName("alice"), "The shop's: ü.", settings);
    }

    public static Database database(DatabaseKind kind, String host, int port, String database, String user) {
        return new Database(kind, host, port, database, user, Tls.OFF);
    }

    public static Database database() {
        return database(DatabaseKind.POSTGRESQL, "db.example.org", 5432, "shop", "reader");
    }

    public static ObjectStorage storage(URI endpoint, String prefix) {
        return new ObjectStorage(endpoint, "us-east-1", "sales", prefix, true, "AKIDEXAMPLE");
    }

    public static Folder folder(String path) {
        return new Folder(path);
    }
}
