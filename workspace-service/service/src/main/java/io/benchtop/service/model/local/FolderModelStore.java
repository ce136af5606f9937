package io.benchtop.service.model.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.ModelStore;
import io.benchtop.service.model.PublishedFile;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Piece;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Versions below a folder, which several replicas may share. What is uploaded lies beside them, in {@code uploads}: pieces in
 * {@code parts}, and in {@code files} what is whole. A version comes into being by one rename of that folder.
 *
 * <p>Nothing that is whole is ever written again: a part is written by who holds its lock, becomes whole by a rename under that lock,
 * and whoever opened it before finds it whole and lets it be. So what was checked is what is published.
 */
public final class FolderModelStore implements ModelStore {

    private static final int BUFFER = 1 << 16;
    private static final String MANIFEST = "manifest.json";

    private final Path root;

    public FolderModelStore(Path root) {
        this.root = requireNonNull(root, "root is null").toAbsolutePath();
    }

    /** There is one: the folder. */
    @Override
    public void requirePlace() {}

    private Path published(ModelPlace place) {
        return root.resolve("models").resolve(place.path());
    }

    private Path upload(ModelPlace place) {
        return root.resolve("uploads").resolve(place.path());
    }

    private Path files(ModelPlace place) {
        return upload(place).resolve("files");
    }

    private boolean isPublished(ModelPlace place) {
        return Files.isRegularFile(published(place).resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long append(ModelPlace place, PublishedFile file, long offset, InputStream content) throws IOException {
        Path part = upload(place).resolve("parts").resolve(file.path().value());
        Path whole = files(place).resolve(file.path().value());
        makeFolders(part, file);
        makeFolders(whole, file);
        try (FileChannel channel = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock _ = lock(channel, file)) {
            if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
                return Files.size(whole);
            }
            long size = append(channel, file, offset, content);
            if (size == file.size()) {
                channel.force(true);
                Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            }
            return size;
        }
    }

    private static void makeFolders(Path path, PublishedFile file) throws IOException {
        try {
            Files.createDirectories(requireNonNull(path.getParent()));
        } catch (FileAlreadyExistsException _) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "\"" + file.path() + "\" cannot be a file: there is a file where its folder would be.");
        }
    }

    private static FileLock lock(FileChannel channel, PublishedFile file) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException _) {
            // Somebody else in this process.
        }
        throw ProblemException.of(
                ErrorCode.CONFLICT,
                "\"" + file.path() + "\" is being uploaded by another request. Wait for it, or try again.");
    }

    private static long append(FileChannel channel, PublishedFile file, long offset, InputStream content)
            throws IOException {
        long size = channel.size();
        if (offset != 0 && offset != size) {
            throw ProblemException.of(
                    ErrorCode.WRONG_OFFSET,
                    "There are " + size + " bytes of \"" + file.path() + "\", not " + offset + ". Go on from " + size
                            + ", or from 0 to begin anew.");
        }
        channel.truncate(offset);
        channel.position(offset);
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            if (channel.position() + count > file.size()) {
                throw ProblemException.of(
                        ErrorCode.TOO_LARGE,
                        "\"" + file.path() + "\" was announced with " + file.size()
                                + " bytes, and more came. Begin a version that says its size.");
            }
            for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        }
        return channel.size();
    }

    @Override
    public ReadableFile uploaded(ModelPlace place, PublishedFile file) throws IOException {
        return open(files(place), file.path());
    }

    private static ReadableFile open(Path folder, FilePath file) throws IOException {
        Path path = folder.resolve(file.value());
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.value());
        }
        return new FolderFile(file.value(), Files.size(path), path);
    }

    private record FolderFile(String name, long size, Path path) implements ReadableFile {

        @Override
        public InputStream read(long offset, long length) throws IOException {
            return Piece.of(FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS), offset, length);
        }
    }

    @Override
    public void discard(ModelPlace place, PublishedFile file) throws IOException {
        Files.deleteIfExists(files(place).resolve(file.path().value()));
    }

    @Override
    public LocalFiles open(ModelPlace place, List<PublishedFile> files) {
        return new Here(isPublished(place) ? published(place) : files(place));
    }

    private record Here(Path folder) implements LocalFiles {

        @Override
        public void close() {}
    }

    @Override
    public void publish(ModelPlace place, List<PublishedFile> files, byte[] manifest) throws IOException {
        if (isPublished(place)) {
            return;
        }
        Path folder = files(place);
        Files.write(folder.resolve(MANIFEST), manifest);
        sync(folder.resolve(MANIFEST), StandardOpenOption.WRITE);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isDirectory).toList()) {
                sync(each, StandardOpenOption.READ);
            }
        }
        Path target = published(place);
        Path parent = requireNonNull(target.getParent());
        Files.createDirectories(parent);
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        sync(parent, StandardOpenOption.READ);
        delete(upload(place));
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public ReadableFile read(ModelPlace place, FilePath file) throws IOException {
        if (!isPublished(place)) {
            throw new NoSuchFileException(place.path());
        }
        return open(published(place), file);
    }

    /** Taken away by one rename first, so that nobody sees half a version. */
    @Override
    public void remove(ModelPlace place) throws IOException {
        if (Files.exists(published(place), LinkOption.NOFOLLOW_LINKS)) {
            Path away = root.resolve("removed").resolve(UUID.randomUUID().toString());
            Files.createDirectories(requireNonNull(away.getParent()));
            Files.move(published(place), away, StandardCopyOption.ATOMIC_MOVE);
            delete(away);
        }
        delete(upload(place));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
