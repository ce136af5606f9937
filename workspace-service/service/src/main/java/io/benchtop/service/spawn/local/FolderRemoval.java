package io.benchtop.service.spawn.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Removes a folder and never anything outside of it (SECURITY.md S18). Each folder is opened relative to the one it was
 * found in and without following links, so that a folder that is swapped for a link meanwhile leads nowhere; a link is
 * removed as a link.
 */
final class FolderRemoval {

    private FolderRemoval() {}

    /** What is not there is removed already. */
    static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            makeAccessible(folder);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                if (!(entries instanceof SecureDirectoryStream<Path> secure)) {
                    throw new IOException("folders cannot be removed safely on this system: " + folder);
                }
                empty(secure, folder);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void empty(SecureDirectoryStream<Path> folder, Path path) throws IOException {
        for (Path entry : folder) {
            Path name = entry.getFileName();
            if (!isFolder(folder, name)) {
                folder.deleteFile(name);
                continue;
            }
            makeAccessible(path.resolve(name));
            try (SecureDirectoryStream<Path> below = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                empty(below, path.resolve(name));
            }
            folder.deleteDirectory(name);
        }
    }

    private static boolean isFolder(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    /** A person may have taken the right to list or change a folder from themselves. */
    private static void makeAccessible(Path folder) throws IOException {
        if (!Files.isSymbolicLink(folder) && !(Files.isReadable(folder) && Files.isWritable(folder))) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
