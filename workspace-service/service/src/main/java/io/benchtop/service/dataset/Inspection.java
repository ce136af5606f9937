package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.connection.TableSource;
import io.benchtop.service.connection.TableSource.Relation;
import io.benchtop.service.dataset.DatasetRepository.NewVersion;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.dataset.TableFiles.PlacedFile;
import io.benchtop.service.dataset.TableFiles.Shape;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import io.benchtop.service.table.TableFormat;
import io.benchtop.service.table.TablePreview;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at data and makes a version's description of it: format, columns, hashes, rows, sample and profile. Files that Benchtop
 * keeps are read whole; of data outside the columns are found out and the first {@value #ROWS_OUTSIDE} rows are looked at. No more
 * than a few at once, because it takes memory and processors that others need; the next ones wait.
 */
public final class Inspection {

    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long ROWS_OUTSIDE = 100_000;

    private final TableFiles tables;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AT_ONCE, true);

    public Inspection(Map<DatasetFormat, TableFormat> formats, InstantSource clock) {
        this.tables = new TableFiles(formats);
        this.clock = requireNonNull(clock, "clock is null");
    }

    NewVersion inspect(Caller caller, Upload upload, List<PlacedFile> files) throws IOException {
        return inRoom(() -> {
            DatasetFormat format = format(files.stream().map(PlacedFile::path).toList());
            List<VersionFile> hashed = new ArrayList<>();
            for (PlacedFile file : files) {
                hashed.add(new VersionFile(file.path(), file.content().size(), sha256(file), null, null));
            }
            Found found = format.isTableFile() ? look(format, shown(files), Long.MAX_VALUE) : Found.NOTHING;
            return version(caller.user(), upload.note(), upload.origin(), format, upload.id(), hashed, found);
        });
    }

    /** The files of a folder outside. */
    NewVersion inspect(UserName owner, List<SourceFile> listed, FileSource source, DatasetSource.Files where)
            throws IOException {
        return inRoom(() -> {
            List<VersionFile> files = new ArrayList<>();
            List<PlacedFile> placed = new ArrayList<>();
            for (SourceFile each : listed) {
                FilePath path = below(where.path(), each.path());
                files.add(new VersionFile(path, each.size(), null, each.state(), null));
                placed.add(new PlacedFile(path, source.open(each)));
            }
            DatasetFormat format = format(files.stream().map(VersionFile::path).toList());
            Found found = format.isTableFile() ? look(format, shown(placed), ROWS_OUTSIDE) : Found.NOTHING;
            return version(owner, "", new Origin(null, null), format, null, files, found);
        });
    }

    /** A path of the source as one below the dataset's folder; a single file keeps its name. */
    static FilePath below(String folder, String path) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return new FilePath(
                path.startsWith(prefix) ? path.substring(prefix.length()) : path.substring(path.lastIndexOf('/') + 1));
    }

    NewVersion inspect(UserName owner, TableSource source, Relation relation) throws IOException {
        return inRoom(() -> {
            List<Column> columns = source.columns(relation);
            try (Rows rows = source.rows(relation, columns, RowFilter.ALL)) {
                FirstRows first = new FirstRows(rows, ROWS_OUTSIDE);
                TablePreview preview = TablePreview.of(first);
                Found found =
                        new Found(new Shape(columns, List.of()), preview, first.ended() ? preview.rowCount() : null);
                return version(owner, "", new Origin(null, null), DatasetFormat.TABLE, null, List.of(), found);
            }
        });
    }

    private <T> T inRoom(Work<T> work) throws IOException {
        try {
            if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.retryLater(
                        ErrorCode.UNAVAILABLE,
                        "Other datasets are being looked at, for minutes already. Try again in a while.",
                        Duration.ofSeconds(30));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for others", e);
        }
        try {
            return work.now();
        } finally {
            room.release();
        }
    }

    private interface Work<T> {

        T now() throws IOException;
    }

    /** Names with a dot or an underscore in front are what tools leave beside the data. */
    private static List<PlacedFile> shown(List<PlacedFile> files) {
        return files.stream().filter(file -> isShown(file.path())).toList();
    }

    static boolean isShown(FilePath path) {
        String name = path.names().getLast();
        return !name.startsWith(".") && !name.startsWith("_");
    }

    private static DatasetFormat format(List<FilePath> files) {
        Set<DatasetFormat> formats = files.stream()
                .filter(Inspection::isShown)
                .map(DatasetFormat::of)
                .collect(Collectors.toSet());
        if (formats.isEmpty()) {
            return DatasetFormat.FILES;
        }
        if (formats.size() == 1) {
            return formats.iterator().next();
        }
        if (formats.contains(DatasetFormat.IMAGES) || formats.stream().noneMatch(DatasetFormat::isTable)) {
            return DatasetFormat.FILES;
        }
        throw ProblemException.of(
                ErrorCode.MIXED_FORMATS,
                "These files are "
                        + formats.stream().map(DatasetFormat::code).sorted().collect(Collectors.joining(" and "))
                        + ". A dataset has one format: put each into a dataset of its own.");
    }

    private Found look(DatasetFormat format, List<PlacedFile> files, long most) throws IOException {
        Shape shape = tables.shape(format, files);
        try (Rows rows = tables.rows(format, files, shape.columns(), RowFilter.ALL)) {
            FirstRows first = new FirstRows(rows, most);
            TablePreview preview = TablePreview.of(first);
            return new Found(shape, preview, first.ended() ? preview.rowCount() : null);
        }
    }

    /** @param rowCount null if they were not counted to the end */
    private record Found(
            @Nullable Shape shape,
            @Nullable TablePreview preview,
            @Nullable Long rowCount) {

        static final Found NOTHING = new Found(null, null, null);

        /** The same of the same data; sketches are not. */
        String seen() {
            return (shape == null ? "" : shape.columns().toString())
                    + (preview == null ? "" : preview.rows().toString())
                    + rowCount;
        }
    }

    private NewVersion version(
            UserName by,
            String note,
            Origin origin,
            DatasetFormat format,
            @Nullable UploadId upload,
            List<VersionFile> files,
            Found found) {
        List<VersionFile> sorted =
                files.stream().sorted(Comparator.comparing(VersionFile::path)).toList();
        Shape shape = found.shape();
        DatasetVersion version = new DatasetVersion(
                0,
                // As exactly as databases keep it.
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                by,
                note,
                format,
                upload,
                found.rowCount(),
                sorted.stream().mapToLong(VersionFile::size).sum(),
                sorted.size(),
                digest(sorted, found),
                shape == null ? List.of() : shape.columns(),
                shape == null ? List.of() : shape.partitions(),
                origin);
        return new NewVersion(version, sorted, Optional.ofNullable(found.preview()));
    }

    /** Of a table without files: of what was seen of it. */
    private static String digest(List<VersionFile> files, Found found) {
        String manifest = files.isEmpty()
                ? found.seen()
                : files.stream()
                        .map(file -> file.path() + "\t" + file.size() + "\t" + file.fingerprint() + "\n")
                        .collect(Collectors.joining());
        return HexFormat.of().formatHex(sha256().digest(manifest.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(PlacedFile file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream content = new DigestInputStream(file.content().read(), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    TableFiles tables() {
        return tables;
    }
}
