package io.benchtop.service.dataset.local;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetId;
import io.benchtop.service.dataset.DatasetStore;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.UploadId;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Piece;
import io.benchtop.service.table.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of datasets below a folder, which several replicas may share: {@code dataset/upload/path}.
 *
 * <p>Two who go on with one file at once are told apart by its size: the second has another offset.
 */
public final class FolderDatasetStore implements DatasetStore {

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final boolean shared;

    /** @param shared whether programs of the same machine may read the folder themselves */
    public FolderDatasetStore(Path root, boolean shared) {
        this.root = requireNonNull(root, "root is null").toAbsolutePath();
        this.shared = shared;
    }

    private Path at(DatasetId dataset, UploadId upload) {
        return root.resolve(dataset.value()).resolve(upload.value());
    }

    private Path at(DatasetId dataset, UploadId upload, FilePath file) {
        return at(dataset, upload).resolve(file.value());
    }

    /** There is one: the folder. */
    @Override
    public void requirePlace() {}

    @Override
    public long append(DatasetId dataset, UploadId upload, FilePath file, long offset, InputStream content)
            throws IOException {
        Path place = at(dataset, upload, file);
        try {
            Files.createDirectories(requireNonNull(place.getParent()));
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw blocked(file);
            }
        } catch (FileSystemException e) {
            if (Files.exists(requireNonNull(place.getParent())) || e instanceof NotDirectoryException) {
                throw blocked(file);
            }
            throw e;
        }
        try (FileChannel channel = FileChannel.open(
                place, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return append(channel, file, offset, content);
        }
    }

    private static ProblemException blocked(FilePath file) {
        return ProblemException.of(
                ErrorCode.BAD_REQUEST,
                "\"" + file
                        + "\" cannot be a file: there is a folder of that name, or a file where its folder would be.");
    }

    private static long append(FileChannel channel, FilePath file, long offset, InputStream content)
            throws IOException {
        long size = channel.size();
        if (offset != 0 && offset != size) {
            throw ProblemException.of(
                    ErrorCode.WRONG_OFFSET,
                    "There are " + size + " bytes of \"" + file + "\", not " + offset + ". Go on from " + size
                            + ", or from 0 to begin anew.");
        }
        if (offset == 0) {
            channel.truncate(0);
        }
        channel.position(offset);
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        }
        return channel.size();
    }

    @Override
    public List<StoredFile> list(DatasetId dataset, UploadId upload) throws IOException {
        Path folder = at(dataset, upload);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            List<StoredFile> found = new ArrayList<>();
            for (Path each : files) {
                FilePath path = new FilePath(folder.relativize(each).toString().replace('\\', '/'));
                found.add(new StoredFile(path, Files.size(each)));
            }
            found.sort(Comparator.comparing(StoredFile::path));
            return List.copyOf(found);
        }
    }

    @Override
    public void sync(DatasetId dataset, UploadId upload, FilePath file) throws IOException {
        try (FileChannel channel = FileChannel.open(at(dataset, upload, file), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public ReadableFile open(DatasetId dataset, UploadId upload, FilePath file) throws IOException {
        Path place = at(dataset, upload, file);
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.value());
        }
        return new FolderFile(file.value(), Files.size(place), place);
    }

    private record FolderFile(String name, long size, Path place) implements ReadableFile {

        @Override
        public InputStream read(long offset, long length) throws IOException {
            return Piece.of(
                    FileChannel.open(place, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS), offset, length);
        }
    }

    @Override
    public void remove(DatasetId dataset, UploadId upload) throws IOException {
        remove(at(dataset, upload));
    }

    @Override
    public void remove(DatasetId dataset) throws IOException {
        remove(root.resolve(dataset.value()));
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    @Override
    public Optional<String> folder(DatasetId dataset, UploadId upload) {
        return shared ? Optional.of(at(dataset, upload).toString()) : Optional.empty();
    }
}
