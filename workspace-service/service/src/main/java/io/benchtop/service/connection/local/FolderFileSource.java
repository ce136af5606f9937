package io.benchtop.service.connection.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.ConnectionSettings.Folder;
import io.benchtop.service.connection.DataFolders;
import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.SourcePath;
import io.benchtop.service.connection.SourceProblem;
import io.benchtop.service.table.Piece;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The files below a folder. Links are followed as long as they stay below it; one that leads out is refused aloud, because data
 * that is silently missing is worse. A file's state is its size and the time of its last change, as fine as the disk keeps it.
 */
final class FolderFileSource implements FileSource {

    private final Connection connection;
    private final Folder folder;
    private final DataFolders folders;

    FolderFileSource(Connection connection, Folder folder, DataFolders folders) {
        this.connection = requireNonNull(connection, "connection is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.folders = requireNonNull(folders, "folders is null");
    }

    @Override
    public void test() {
        if (!Files.isReadable(root()) || !Files.isExecutable(root())) {
            throw SourceProblem.failed(connection, "the service may not read it. Grant its user the right.");
        }
    }

    @Override
    public List<SourceFile> list(String path, int most) throws IOException {
        Path root = root();
        Path start = SourcePath.check(path).isEmpty() ? root : root.resolve(path);
        List<SourceFile> found = new ArrayList<>();
        try {
            within(root, start);
            Files.walkFileTree(
                    start,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Lister(root, start, most, found));
        } catch (NoSuchFileException | NotDirectoryException _) {
            // What is not there has no files; what went while we looked is not there.
            return List.of();
        } catch (AccessDeniedException e) {
            throw SourceProblem.failed(
                    connection, "the service may not read \"" + root.relativize(Path.of(e.getFile())) + "\".");
        }
        found.sort(Comparator.comparing(SourceFile::path));
        return List.copyOf(found);
    }

    @Override
    public ReadableFile open(SourceFile file) {
        return new FolderFile(file);
    }

    @Override
    public Optional<URI> presigned(SourceFile file, Duration life) {
        return Optional.empty();
    }

    private Path root() {
        return folders.admit(folder.path());
    }

    private Path within(Path root, Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw SourceProblem.failed(
                    connection,
                    "\"" + root.relativize(file)
                            + "\" is a link that leads out of the folder. Put the files themselves there.");
        }
        return real;
    }

    private static String state(BasicFileAttributes attributes) {
        return attributes.size() + "-" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    private final class Lister extends SimpleFileVisitor<Path> {

        private final Path root;
        private final Path start;
        private final int most;
        private final List<SourceFile> found;

        Lister(Path root, Path start, int most, List<SourceFile> found) {
            this.root = root;
            this.start = start;
            this.most = most;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!folder.equals(start)
                    && SourcePath.isHidden(folder.getFileName().toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            within(root, folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isRegularFile()
                    || SourcePath.isHidden(file.getFileName().toString())) {
                return FileVisitResult.CONTINUE;
            }
            within(root, file);
            if (found.size() == most) {
                throw SourcePath.tooMany(most);
            }
            found.add(new SourceFile(root.relativize(file).toString(), attributes.size(), state(attributes)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            // A link to a folder above itself has nothing that is not listed already; a link to nothing has nothing.
            boolean nothing = failure instanceof FileSystemLoopException
                    || (failure instanceof NoSuchFileException && !file.equals(start));
            if (nothing) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private final class FolderFile implements ReadableFile {

        private final SourceFile file;

        FolderFile(SourceFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.path();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public InputStream read(long offset, long length) throws IOException {
            Path root = root();
            try {
                Path real = within(root, root.resolve(SourcePath.check(file.path())));
                FileChannel channel = FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                if (!state(Files.readAttributes(real, BasicFileAttributes.class))
                        .equals(file.state())) {
                    channel.close();
                    throw SourcePath.changed(file);
                }
                return Piece.of(channel, offset, Math.min(length, file.size() - offset));
            } catch (NoSuchFileException | NotDirectoryException _) {
                throw SourcePath.changed(file);
            } catch (AccessDeniedException _) {
                throw SourceProblem.failed(connection, "the service may not read \"" + file.path() + "\".");
            }
        }
    }
}
