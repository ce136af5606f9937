package io.benchtop.service.experiment.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.ArtifactPath;
import io.benchtop.service.experiment.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files of runs as files below a folder, which several replicas may share. A file is written beside them, to the disk, and then
 * moved to its place at once; what a service that was killed left half written lies in {@code .uploads} and is nobody's.
 */
public final class FolderArtifactStore implements ArtifactStore {

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Path uploads;

    public FolderArtifactStore(Path root) {
        this.root = requireNonNull(root, "root is null");
        this.uploads = root.resolve(".uploads");
    }

    private Path at(ArtifactPath path) {
        Path found = root;
        for (String name : path.names()) {
            found = found.resolve(name);
        }
        return found;
    }

    @Override
    public List<Entry> list(ArtifactPath folder) throws IOException {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.flatMap(file -> entry(file).stream())
                    .sorted(Comparator.comparing(Entry::name))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    /** Empty of what has just gone. */
    private static Optional<Entry> entry(Path file) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean folder = found.isDirectory();
            return Optional.of(new Entry(file.getFileName().toString(), folder, folder ? 0 : found.size()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Content> open(ArtifactPath file) throws IOException {
        Path found = at(file);
        if (!Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(found, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return Optional.of(new Content(Channels.newInputStream(channel), channel.size()));
    }

    @Override
    public void write(ArtifactPath file, InputStream content) throws IOException {
        Files.createDirectories(uploads);
        Path upload = uploads.resolve(UUID.randomUUID().toString());
        try {
            fill(upload, content);
            Path place = at(file);
            makeFolder(place);
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(upload, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(upload);
        }
    }

    private static void makeFolder(Path place) throws IOException {
        try {
            Files.createDirectories(requireNonNull(place.getParent(), "an artifact lies in no folder"));
        } catch (NotDirectoryException e) {
            throw new FileAlreadyExistsException(e.getFile());
        }
    }

    private static void fill(Path upload, InputStream content) throws IOException {
        try (FileChannel channel = FileChannel.open(upload, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream sink = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                sink.write(buffer, 0, count);
            }
            channel.force(true);
        }
    }

    @Override
    public boolean remove(ArtifactPath path) throws IOException {
        Path place = at(path);
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        // Out of sight at once, however much there is to remove.
        Files.createDirectories(uploads);
        Path gone = uploads.resolve(UUID.randomUUID().toString());
        Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
        try (Stream<Path> all = Files.walk(gone)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                delete(each);
            }
        }
        return true;
    }

    private static void delete(Path each) throws IOException {
        try {
            Files.deleteIfExists(each);
        } catch (DirectoryNotEmptyException _) {
            // Somebody wrote into it at this moment; it is nobody's and does no harm.
        }
    }
}
