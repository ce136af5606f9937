package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.connection.Sources;
import io.benchtop.service.connection.TableSource.Relation;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.dataset.TableFiles.PlacedFile;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ReadableFile;
import io.benchtop.service.table.RowEncoder;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reading. A version is opened first, which checks the right, pins the version, writes down who reads what, and says by which ways its
 * data can be had: its files, by an address that a source signed or through Benchtop; its rows, once, as a stream; a folder on this
 * machine. No way needs or tells a credential of the source.
 */
public final class Reads {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private final DatasetRepository datasets;
    private final DatasetAccess access;
    private final DatasetStore store;
    private final Sources sources;
    private final Inspection inspection;
    private final RowEncoder encoder;
    private final InstantSource clock;

    public Reads(
            DatasetRepository datasets,
            DatasetStore store,
            Sources sources,
            Inspection inspection,
            RowEncoder encoder,
            InstantSource clock) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.access = new DatasetAccess(datasets);
        this.store = requireNonNull(store, "store is null");
        this.sources = requireNonNull(sources, "sources is null");
        this.inspection = requireNonNull(inspection, "inspection is null");
        this.encoder = requireNonNull(encoder, "encoder is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What somebody wants to read.
     *
     * @param version null for the newest
     * @param columns null for all
     * @param where empty for all rows
     */
    public record Request(@Nullable Long version, @Nullable List<String> columns, String where, Origin origin) {}

    /**
     * The ways to what was opened.
     *
     * @param columns those that the stream of rows will have
     * @param hasRows whether there is such a stream
     * @param folder on this machine
     */
    public record Opened(
            DatasetRead read,
            Dataset dataset,
            DatasetVersion version,
            List<Column> columns,
            List<OpenedFile> files,
            boolean hasRows,
            Optional<String> folder,
            Instant expiresAt) {}

    /** @param presigned where anybody who knows it may read it for a while; else it is read through Benchtop */
    public record OpenedFile(VersionFile file, Optional<URI> presigned) {}

    public Opened open(Caller caller, DatasetName name, Request request) throws IOException {
        Dataset dataset = access.readable(caller, name);
        DatasetVersion version = access.version(dataset, request.version());
        List<Column> columns = selected(version, request.columns());
        RowFilter.parse(request.where(), version.columns());
        Instant now = clock.instant();
        DatasetRead read = new DatasetRead(
                "rd_" + UUID.randomUUID().toString().replace("-", ""),
                dataset.id(),
                version.number(),
                caller.user(),
                request.origin(),
                now,
                columns.stream().map(Column::name).toList(),
                request.where(),
                null);
        List<OpenedFile> files = files(dataset, version);
        datasets.insert(read);
        return new Opened(
                read,
                dataset,
                version,
                columns,
                files,
                version.format().isTable(),
                Optional.ofNullable(version.upload()).flatMap(upload -> store.folder(dataset.id(), upload)),
                now.plus(LIFE));
    }

    private static List<Column> selected(DatasetVersion version, @Nullable List<String> names) {
        if (names == null || !version.format().isTable()) {
            return version.columns();
        }
        List<Column> columns = names.stream()
                .distinct()
                .map(name -> version.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> ProblemException.invalidField("columns", "there is no column \"" + name + "\"")))
                .toList();
        if (columns.isEmpty()) {
            throw ProblemException.invalidField("columns", "must name at least one column, or be left out for all");
        }
        return columns;
    }

    private List<OpenedFile> files(Dataset dataset, DatasetVersion version) {
        List<VersionFile> files = datasets.files(dataset.id(), version.number());
        if (!(dataset.source() instanceof DatasetSource.Files outside)) {
            return files.stream()
                    .map(file -> new OpenedFile(file, Optional.empty()))
                    .toList();
        }
        FileSource source = sources.files(outside.connection());
        return files.stream()
                .map(file -> new OpenedFile(file, source.presigned(outside(outside, file), LIFE)))
                .toList();
    }

    /** A file of a version as its source knows it. */
    private static SourceFile outside(DatasetSource.Files where, VersionFile file) {
        String folder = where.path();
        boolean itself = folder.equals(file.path().value()) || folder.endsWith("/" + file.path());
        String path = folder.isEmpty() ? file.path().value() : itself ? folder : folder + "/" + file.path();
        return new SourceFile(path, file.size(), requireNonNull(file.state()));
    }

    /** The rows of what was opened, once; the caller closes the stream, which ends when the right to read does. */
    public InputStream rows(Caller caller, DatasetName name, String readId) throws IOException {
        Dataset dataset = access.readable(caller, name);
        DatasetRead read = datasets.read(readId)
                .filter(found -> found.dataset().equals(dataset.id()) && caller.is(found.reader()))
                .filter(found -> clock.instant().isBefore(found.openedAt().plus(LIFE)))
                .orElseThrow(() -> ProblemException.notFound("read", readId));
        DatasetVersion version = access.version(dataset, read.version());
        if (!version.format().isTable()) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "\"" + name + "\" has no rows but files of the format "
                            + version.format().code() + ". Open its files.");
        }
        if (!datasets.markStreamed(readId, clock.instant())) {
            throw ProblemException.of(
                    ErrorCode.READ_USED, "The rows of this read were asked for before. Open the dataset again.");
        }
        RowFilter filter = RowFilter.parse(read.where(), version.columns());
        Rows rows = StartedRows.of(rows(dataset, version, selected(version, read.columns()), filter));
        return new WatchedStream(encoder.encode(rows), clock, () -> access.mayStillRead(caller, dataset.id()));
    }

    private Rows rows(Dataset dataset, DatasetVersion version, List<Column> columns, RowFilter filter)
            throws IOException {
        return switch (dataset.source()) {
            case DatasetSource.Table table ->
                sources.tables(table.connection())
                        .rows(new Relation.Table(table.schema(), table.table()), columns, filter);
            case DatasetSource.Query query ->
                sources.tables(query.connection()).rows(new Relation.Query(query.query()), columns, filter);
            case DatasetSource.Managed _, DatasetSource.Files _ ->
                inspection.tables().rows(version.format(), shown(dataset, version), columns, filter);
        };
    }

    private List<PlacedFile> shown(Dataset dataset, DatasetVersion version) throws IOException {
        List<PlacedFile> placed = new ArrayList<>();
        for (VersionFile file : datasets.files(dataset.id(), version.number())) {
            if (Inspection.isShown(file.path())) {
                placed.add(new PlacedFile(file.path(), content(dataset, version, file)));
            }
        }
        return placed;
    }

    private ReadableFile content(Dataset dataset, DatasetVersion version, VersionFile file) throws IOException {
        if (dataset.source() instanceof DatasetSource.Files outside) {
            return sources.files(outside.connection()).open(outside(outside, file));
        }
        return store.open(dataset.id(), requireNonNull(version.upload()), file.path());
    }

    /**
     * A file of a version, as it is.
     *
     * @param file with its size and hash
     * @param content of which pieces can be read, as long as the right to read lasts
     */
    public record Content(VersionFile file, ReadableFile content) {}

    public Content file(Caller caller, DatasetName name, long number, FilePath path) throws IOException {
        Dataset dataset = access.readable(caller, name);
        DatasetVersion version = access.version(dataset, number);
        VersionFile file = datasets.file(dataset.id(), version.number(), path)
                .orElseThrow(() -> ProblemException.notFound("file", path.value()));
        ReadableFile content = content(dataset, version, file);
        return new Content(file, new WatchedFile(content, clock, () -> access.mayStillRead(caller, dataset.id())));
    }
}
