package io.benchtop.service.connection;

import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;

/** Port: makes sources of settings, one method for each kind. Making one asks nothing of it, and nothing need be closed. */
public interface SourceOpening {

    FileSource open(Connection connection, ObjectStorage storage, Secret secret);

    FileSource open(Connection connection, Folder folder);

    TableSource open(Connection connection, Database database, Secret secret);
}
