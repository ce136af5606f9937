package io.benchtop.service.wiring;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.Database;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.ConnectionSettings.ObjectStorage;
import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.Secret;
import io.benchtop.service.connection.SourceOpening;
import io.benchtop.service.connection.TableSource;
import io.benchtop.service.connection.local.FolderSources;
import io.benchtop.service.connection.s3.S3Sources;
import io.benchtop.service.connection.sql.SqlSources;

/** Each kind of connection by its adapter. */
record OpenedSources(S3Sources stores, FolderSources folders, SqlSources databases) implements SourceOpening {

    @Override
    public FileSource open(Connection connection, ObjectStorage storage, Secret secret) {
        return stores.open(connection, storage, secret);
    }

    @Override
    public FileSource open(Connection connection, Folder folder) {
        return folders.open(connection, folder);
    }

    @Override
    public TableSource open(Connection connection, Database database, Secret secret) {
        return databases.open(connection, database, secret);
    }
}
