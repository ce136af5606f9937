package io.benchtop.sdk;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.dataset.Column;
import io.benchtop.api.dataset.DatasetSummary;
import io.benchtop.api.dataset.OpenRequest;
import io.benchtop.api.dataset.PlanFile;
import io.benchtop.api.dataset.Preview;
import io.benchtop.api.dataset.Version;
import io.benchtop.api.dataset.VersionList;
import io.benchtop.sdk.data.DatasetName;
import io.benchtop.sdk.data.Reading;
import io.benchtop.sdk.data.RecordType;
import io.benchtop.sdk.data.RowIterator;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it was when it was asked for, and which rows and columns of it to read. {@link #version(long)}, {@link #columns} and
 * {@link #where} give another one; this one stays as it is. Threads may share it.
 *
 * <p>It reads the newest version, and stays with the one that it read first; so do those made from it. A table that cannot be read
 * again as it was is read as it is each time.
 */
public final class Dataset implements Shown {

    private final RestClient rest;
    private final DatasetSummary told;
    private final AtomicReference<@Nullable Version> pinned;
    private final @Nullable List<String> columns;
    private final @Nullable String where;

    Dataset(RestClient rest, DatasetSummary told) {
        this(rest, told, new AtomicReference<>(), null, null);
    }

    private Dataset(
            RestClient rest,
            DatasetSummary told,
            AtomicReference<@Nullable Version> pinned,
            @Nullable List<String> columns,
            @Nullable String where) {
        this.rest = rest;
        this.told = told;
        this.pinned = pinned;
        this.columns = columns;
        this.where = where;
    }

    /** Such as {@code sales/orders}. */
    public String name() {
        return told.name();
    }

    /** Free text. */
    public String description() {
        return told.description();
    }

    /** Name of the user it belongs to. */
    public String owner() {
        return told.owner();
    }

    /** Free words. */
    public Map<String, String> tags() {
        return told.tags();
    }

    /** {@code managed}, {@code files}, {@code table} or {@code query}. */
    public String kind() {
        return told.kind();
    }

    /** The newest version when it was asked for; empty before the first. */
    public Optional<Version> latest() {
        return Optional.ofNullable(told.latest());
    }

    /**
     * The version that is read.
     *
     * @throws BenchtopException {@code no_version} where nothing has been written yet
     */
    public Version version() {
        var version = pinned.get() == null ? told.latest() : pinned.get();
        if (version == null) {
            throw new BenchtopException("no_version", name() + " has no version yet: nothing was written.");
        }
        pinned.compareAndSet(null, version);
        return version;
    }

    /**
     * The same dataset at one version.
     *
     * @throws BenchtopException {@code not_found}
     */
    public Dataset version(long number) {
        var version = rest.get(DatasetName.path(name()) + "/versions/" + number, Version.class);
        return new Dataset(rest, told, new AtomicReference<>(version), columns, where);
    }

    /** With these columns only, in this order. */
    public Dataset columns(String... names) {
        return new Dataset(rest, told, pinned, List.of(names), where);
    }

    /**
     * With these rows only, such as {@code qty > 3 and day >= '2026-01-01'}: comparisons ({@code = != < <= > >=}, {@code in (…)},
     * {@code like}, {@code is null}, {@code is not null}) joined by {@code and}. A wrong one is refused when it is read, with
     * {@code bad_filter}.
     */
    public Dataset where(String filter) {
        return new Dataset(rest, told, pinned, columns, filter);
    }

    /**
     * Reads rows as Arrow batches; the caller closes the reader. Holds one batch in memory.
     *
     * @throws BenchtopException {@code bad_filter}, {@code no_such_column}, {@code no_rows} for files and images, {@code not_found}
     *     when it was withdrawn, {@code read_interrupted}, {@code source_away}, {@code version_changed}
     */
    public ArrowReader arrow() {
        return opened(columns, where).rows();
    }

    /**
     * Reads rows, with one batch in memory. Reaching the end closes the stream; who stops before does so with {@code try}.
     *
     * @throws BenchtopException as {@link #arrow}, also while it is read
     */
    public Stream<Row> rows() {
        return RowIterator.stream(arrow(), fields -> {
            var places = RowIterator.places(fields);
            return values -> new Row(places, values);
        });
    }

    /**
     * Reads rows as records, each component from the column of its name; only those columns are asked for.
     *
     * @throws BenchtopException {@code no_such_column} for a component without a column, {@code column_type_differs} and
     *     {@code missing_value} when such a row comes, and as {@link #arrow}
     */
    public <T extends Record> Stream<T> rows(Class<T> type) {
        var record = RecordType.of(type);
        Optional.ofNullable(pinned.get())
                .or(this::latest)
                .ifPresent(version -> record.check(
                        version.columns().stream().map(Column::name).toList(), name()));
        return RowIterator.stream(opened(record.columns(), where).rows(), fields -> record.maker(fields, name()));
    }

    /** Paths of the version's files, with slashes; none for tables and queries. */
    public List<String> files() {
        return opened(null, null).plan().files().stream().map(PlanFile::path).toList();
    }

    /**
     * Opens one file to read from its beginning; what breaks is taken up where it broke.
     *
     * @throws BenchtopException {@code no_such_file}; reading throws as {@link #arrow}
     */
    public InputStream open(String path) {
        return opened(null, null).open(path);
    }

    /** Puts all files below a folder, each whole and checked, or not there; tells where they lie. */
    public List<Path> download(Path folder) {
        return opened(null, null).download(folder);
    }

    /** The first rows, and what the columns are like. */
    public Preview preview() {
        return rest.get(
                DatasetName.path(name()) + "/preview?version=" + version().number(), Preview.class);
    }

    /** All versions, newest first. */
    public List<Version> versions() {
        return rest.get(DatasetName.path(name()) + "/versions", VersionList.class)
                .versions();
    }

    private Reading opened(@Nullable List<String> chosen, @Nullable String filter) {
        var version = pinned.get();
        var number = version == null ? null : (Long) version.number();
        var asked = new OpenRequest(number, chosen, filter, null);
        var reading = Reading.open(rest, name(), asked);
        if (reading.plan().pinned()) {
            pinned.compareAndSet(null, requireNonNull(reading.plan().version()));
        }
        return reading;
    }

    @Override
    public Map<String, String> shown() {
        var version = Optional.ofNullable(pinned.get()).or(this::latest);
        return Words.table(
                "name", name(),
                "owner", owner(),
                "kind", kind(),
                "changed", Words.ofInstant(Instant.parse(told.changedAt())),
                "version", version.map(known -> Long.toString(known.number())).orElse("none"),
                "rows",
                        version.map(Version::rows)
                                .map(count -> Long.toString(count))
                                .orElse("not counted"),
                "size", version.map(known -> Words.ofBytes(known.bytes())).orElse("nothing"));
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
