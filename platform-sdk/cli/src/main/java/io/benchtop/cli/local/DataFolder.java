package io.benchtop.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Where everything of one installation in local mode is kept; nobody but its owner may look inside.
 *
 * @param root absolute
 */
record DataFolder(Path root) {

    DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    static DataFolder ofHome() {
        return new DataFolder(Path.of(System.getProperty("user.home"), ".benchtop"));
    }

    Path internalKey() {
        return root.resolve("config/internal.key");
    }

    Path log(String name) {
        return root.resolve("log").resolve(name + ".log");
    }

    Path servers() {
        return root.resolve("servers");
    }

    /** A folder per model version that is served, in it one per process. */
    Path modelServers() {
        return root.resolve("model-servers");
    }

    Path routes() {
        return root.resolve("proxy/routes.json");
    }

    Path currentEnvironment() {
        return root.resolve("environments/current.json");
    }

    Path cache() {
        return root.resolve("cache");
    }

    Path runRecord() {
        return root.resolve("run/up.json");
    }

    Path runLock() {
        return root.resolve("run/up.lock");
    }

    void create() {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            for (var folder : List.of("", "config", "log", "servers", "proxy", "cache", "run")) {
                var path = root.resolve(folder);
                Files.createDirectories(path, ownerOnly);
                Files.setPosixFilePermissions(path, ownerOnly.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data folder " + root + ": " + reason(e), e);
        }
    }

    /** Java's message for a refused path is often the path alone, which says nothing new. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "not allowed";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case NoSuchFileException _ -> "its file system does not let folders be made there";
            default -> String.valueOf(e.getMessage());
        };
    }
}
