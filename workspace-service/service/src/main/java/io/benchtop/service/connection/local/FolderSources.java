package io.benchtop.service.connection.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.DataFolders;
import io.benchtop.service.connection.FileSource;

/** Makes sources of folders; whether one may be read is asked again each time that it is. */
public final class FolderSources {

    private final DataFolders folders;

    public FolderSources(DataFolders folders) {
        this.folders = requireNonNull(folders, "folders is null");
    }

    public FileSource open(Connection connection, Folder folder) {
        return new FolderFileSource(connection, folder, folders);
    }
}
