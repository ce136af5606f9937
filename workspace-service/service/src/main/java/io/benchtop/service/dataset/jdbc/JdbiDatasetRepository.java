package io.benchtop.service.dataset.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.dataset.DatasetFormat;
import io.benchtop.service.dataset.DatasetId;
import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetRead;
import io.benchtop.service.dataset.DatasetRepository;
import io.benchtop.service.dataset.DatasetVersion;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.dataset.Upload;
import io.benchtop.service.dataset.UploadId;
import io.benchtop.service.dataset.VersionFile;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.TablePreview;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Datasets in the tables whose names begin with {@code dataset}. */
public final class JdbiDatasetRepository implements DatasetRepository {

    private static final String SELECT =
            "select id, space, name, owner, description, source, created_at, changed_at from datasets where ";
    private static final String VERSIONS = """
            select dataset_id, version_number, created_at, created_by, note, format, upload_id, row_count, byte_count,
                file_count, digest, columns_json, partitions_json, run_id, workspace_id
            from dataset_versions as version where\s""";
    private static final String FILES = """
            select file_path, byte_count, sha256, source_state, row_count from dataset_files
            where dataset_id = :id and version_number = :number""";

    private final Jdbi jdbi;

    public JdbiDatasetRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean insert(Dataset dataset) {
        return jdbi.inTransaction(handle -> {
            int inserted = handle.createUpdate("""
                    insert into datasets (id, space, name, owner, description, source, created_at, changed_at)
                    values (:id, :space, :name, :owner, :description, :source, :createdAt, :changedAt)
                    on conflict do nothing
                    """)
                    .bind("id", dataset.id().value())
                    .bind("space", dataset.name().space())
                    .bind("name", dataset.name().name())
                    .bind("owner", dataset.owner().value())
                    .bind("description", dataset.description())
                    .bind("source", DatasetJson.write(dataset.source()))
                    .bind("createdAt", dataset.createdAt())
                    .bind("changedAt", dataset.changedAt())
                    .execute();
            if (inserted == 1) {
                insertParts(handle, dataset);
            }
            return inserted == 1;
        });
    }

    private static void insertParts(Handle handle, Dataset dataset) {
        dataset.tags()
                .forEach((key, value) -> handle.createUpdate(
                                "insert into dataset_tags (dataset_id, tag_key, tag_value) values (:id, :key, :value)")
                        .bind("id", dataset.id().value())
                        .bind("key", key)
                        .bind("value", value)
                        .execute());
        dataset.readers()
                .forEach(reader -> handle.createUpdate(
                                "insert into dataset_readers (dataset_id, reader) values (:id, :reader)")
                        .bind("id", dataset.id().value())
                        .bind("reader", reader)
                        .execute());
    }

    @Override
    public Optional<Dataset> find(DatasetName name) {
        return jdbi.withHandle(handle -> datasets(
                        handle,
                        handle.createQuery(SELECT + "space = :space and name = :name")
                                .bind("space", name.space())
                                .bind("name", name.name()))
                .stream()
                .findFirst());
    }

    @Override
    public Optional<Dataset> find(DatasetId id) {
        return jdbi.withHandle(handle -> find(handle, id, ""));
    }

    private static Optional<Dataset> find(Handle handle, DatasetId id, String lock) {
        return datasets(handle, handle.createQuery(SELECT + "id = :id" + lock).bind("id", id.value())).stream()
                .findFirst();
    }

    @Override
    public List<Dataset> search(@Nullable UserName reader, String text, int limit) {
        String visible = reader == null ? "true" : """
                (owner = :reader or exists (
                    select 1 from dataset_readers where dataset_id = datasets.id and reader in (:reader, '*')))""";
        String matching = text.isEmpty() ? "true" : """
                (position(:text in lower(space || '/' || name)) > 0 or position(:text in lower(description)) > 0
                    or exists (select 1 from dataset_tags where dataset_id = datasets.id
                        and (position(:text in lower(tag_key)) > 0 or position(:text in lower(tag_value)) > 0)))""";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(
                            SELECT + visible + " and " + matching + " order by space, name limit :limit")
                    .bind("limit", limit);
            if (reader != null) {
                query.bind("reader", reader.value());
            }
            if (!text.isEmpty()) {
                query.bind("text", text.toLowerCase(Locale.ROOT));
            }
            return datasets(handle, query);
        });
    }

    /** Each with its tags, readers and newest version, which three more queries bring for all of them. */
    private static List<Dataset> datasets(Handle handle, Query query) {
        List<Dataset> bare = query.map((row, _) -> bare(row)).list();
        if (bare.isEmpty()) {
            return bare;
        }
        List<String> ids = bare.stream().map(one -> one.id().value()).toList();
        Map<String, Map<String, String>> tags = new HashMap<>();
        Map<String, Set<String>> readers = new HashMap<>();
        Map<String, DatasetVersion> latest = new HashMap<>();
        each(
                handle,
                "select dataset_id, tag_key, tag_value from dataset_tags where dataset_id = any(:ids)",
                ids,
                row -> tags.computeIfAbsent(row.getString("dataset_id"), _ -> new HashMap<>())
                        .put(row.getString("tag_key"), row.getString("tag_value")));
        each(
                handle,
                "select dataset_id, reader from dataset_readers where dataset_id = any(:ids)",
                ids,
                row -> readers.computeIfAbsent(row.getString("dataset_id"), _ -> new HashSet<>())
                        .add(row.getString("reader")));
        each(
                handle,
                VERSIONS
                        + "dataset_id = any(:ids) and version_number = (select max(version_number) from dataset_versions"
                        + " where dataset_id = version.dataset_id)",
                ids,
                row -> latest.put(row.getString("dataset_id"), version(row)));
        return bare.stream()
                .map(one -> new Dataset(
                        one.id(),
                        one.name(),
                        one.owner(),
                        one.description(),
                        tags.getOrDefault(one.id().value(), Map.of()),
                        readers.getOrDefault(one.id().value(), Set.of()),
                        one.source(),
                        one.createdAt(),
                        one.changedAt(),
                        latest.get(one.id().value())))
                .toList();
    }

    private static Dataset bare(ResultSet row) throws SQLException {
        return new Dataset(
                new DatasetId(row.getString("id")),
                new DatasetName(row.getString("space"), row.getString("name")),
                new UserName(row.getString("owner")),
                row.getString("description"),
                Map.of(),
                Set.of(),
                DatasetJson.source(row.getString("source")),
                instant(row, "created_at"),
                instant(row, "changed_at"),
                null);
    }

    private interface OfRow {

        void accept(ResultSet row) throws SQLException;
    }

    private static void each(Handle handle, String sql, List<String> ids, OfRow action) {
        handle.createQuery(sql).bindArray("ids", String.class, ids).scanResultSet((rows, _) -> {
            ResultSet row = rows.get();
            while (row.next()) {
                action.accept(row);
            }
            return ids;
        });
    }

    @Override
    public Optional<Dataset> change(DatasetId id, UnaryOperator<Dataset> change) {
        return jdbi.inTransaction(handle -> find(handle, id, " for update").map(before -> {
            Dataset after = change.apply(before);
            handle.createUpdate(
                            "update datasets set description = :description, changed_at = :changedAt where id = :id")
                    .bind("id", id.value())
                    .bind("description", after.description())
                    .bind("changedAt", after.changedAt())
                    .execute();
            for (String table : List.of("dataset_tags", "dataset_readers")) {
                handle.createUpdate("delete from " + table + " where dataset_id = :id")
                        .bind("id", id.value())
                        .execute();
            }
            insertParts(handle, after);
            return after;
        }));
    }

    @Override
    public void remove(DatasetId id) {
        jdbi.useTransaction(handle -> handle.createUpdate("delete from datasets where id = :id")
                .bind("id", id.value())
                .execute());
    }

    @Override
    public DatasetVersion add(DatasetId id, NewVersion added) {
        return jdbi.inTransaction(handle -> {
            if (find(handle, id, " for update").isEmpty()) {
                throw ProblemException.notFound("dataset", id.value());
            }
            Optional<DatasetVersion> before =
                    ofUpload(handle, id, added.version().upload());
            return before.isPresent() ? before.get() : insert(handle, id, added);
        });
    }

    /** Somebody who committed the same upload may have been faster. */
    private static Optional<DatasetVersion> ofUpload(Handle handle, DatasetId id, @Nullable UploadId upload) {
        return upload == null
                ? Optional.empty()
                : handle.createQuery(VERSIONS + "dataset_id = :id and upload_id = :upload")
                        .bind("id", id.value())
                        .bind("upload", upload.value())
                        .map((row, _) -> version(row))
                        .findOne();
    }

    private static DatasetVersion insert(Handle handle, DatasetId id, NewVersion added) {
        long number = handle.createQuery(
                        "select coalesce(max(version_number), 0) + 1 from dataset_versions where dataset_id = :id")
                .bind("id", id.value())
                .mapTo(Long.class)
                .one();
        DatasetVersion version = added.version();
        UploadId upload = version.upload();
        handle.createUpdate("""
                insert into dataset_versions (dataset_id, version_number, created_at, created_by, note, format, upload_id,
                    row_count, byte_count, file_count, digest, columns_json, partitions_json, run_id, workspace_id, preview_json)
                values (:id, :number, :createdAt, :createdBy, :note, :format, :upload, :rows, :bytes, :files, :digest, :columns,
                    :partitions, :run, :workspace, :preview)
                """)
                .bind("id", id.value())
                .bind("number", number)
                .bind("createdAt", version.createdAt())
                .bind("createdBy", version.createdBy().value())
                .bind("note", version.note())
                .bind("format", version.format().code())
                .bind("upload", upload == null ? null : upload.value())
                .bind("rows", version.rows())
                .bind("bytes", version.bytes())
                .bind("files", version.fileCount())
                .bind("digest", version.digest())
                .bind("columns", DatasetJson.write(version.columns()))
                .bind("partitions", DatasetJson.write(version.partitions()))
                .bind("run", version.origin().run())
                .bind("workspace", version.origin().workspace())
                .bind("preview", added.preview().map(DatasetJson::write).orElse(null))
                .execute();
        insertFiles(handle, id, number, added.files());
        handle.createUpdate("update datasets set changed_at = :now where id = :id")
                .bind("id", id.value())
                .bind("now", version.createdAt())
                .execute();
        if (upload != null) {
            handle.createUpdate("update dataset_uploads set version_number = :number where id = :upload")
                    .bind("number", number)
                    .bind("upload", upload.value())
                    .execute();
        }
        return numbered(version, number);
    }

    private static void insertFiles(Handle handle, DatasetId id, long number, List<VersionFile> files) {
        if (files.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into dataset_files (dataset_id, version_number, file_path, byte_count, sha256, source_state, row_count)
                values (:id, :number, :path, :bytes, :sha256, :state, :rows)
                """);
        for (VersionFile file : files) {
            batch.bind("id", id.value())
                    .bind("number", number)
                    .bind("path", file.path().value())
                    .bind("bytes", file.size())
                    .bind("sha256", file.sha256())
                    .bind("state", file.state())
                    .bind("rows", file.rows())
                    .add();
        }
        batch.execute();
    }

    private static DatasetVersion numbered(DatasetVersion version, long number) {
        return new DatasetVersion(
                number,
                version.createdAt(),
                version.createdBy(),
                version.note(),
                version.format(),
                version.upload(),
                version.rows(),
                version.bytes(),
                version.fileCount(),
                version.digest(),
                version.columns(),
                version.partitions(),
                version.origin());
    }

    private static DatasetVersion version(ResultSet row) throws SQLException {
        String upload = row.getString("upload_id");
        return new DatasetVersion(
                row.getLong("version_number"),
                instant(row, "created_at"),
                new UserName(row.getString("created_by")),
                row.getString("note"),
                DatasetFormat.find(row.getString("format")).orElseThrow(),
                upload == null ? null : new UploadId(upload),
                number(row, "row_count"),
                row.getLong("byte_count"),
                row.getInt("file_count"),
                row.getString("digest"),
                DatasetJson.columns(row.getString("columns_json")),
                DatasetJson.texts(row.getString("partitions_json")),
                origin(row));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        return new Origin(row.getString("run_id"), row.getString("workspace_id"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    @Override
    public List<DatasetVersion> versions(DatasetId id) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS + "dataset_id = :id order by version_number desc")
                .bind("id", id.value())
                .map((row, _) -> version(row))
                .list());
    }

    @Override
    public Optional<DatasetVersion> version(DatasetId id, long number) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS + "dataset_id = :id and version_number = :number")
                .bind("id", id.value())
                .bind("number", number)
                .map((row, _) -> version(row))
                .findOne());
    }

    @Override
    public List<VersionFile> files(DatasetId id, long version) {
        return jdbi.withHandle(handle -> handle
                .createQuery(FILES)
                .bind("id", id.value())
                .bind("number", version)
                .map((row, _) -> file(row))
                // Not by the database, each of which has an order of texts of its own.
                .stream()
                .sorted(Comparator.comparing(VersionFile::path))
                .toList());
    }

    @Override
    public Optional<VersionFile> file(DatasetId id, long version, FilePath path) {
        return jdbi.withHandle(handle -> handle.createQuery(FILES + " and file_path = :path")
                .bind("id", id.value())
                .bind("number", version)
                .bind("path", path.value())
                .map((row, _) -> file(row))
                .findOne());
    }

    private static VersionFile file(ResultSet row) throws SQLException {
        return new VersionFile(
                new FilePath(row.getString("file_path")),
                row.getLong("byte_count"),
                row.getString("sha256"),
                row.getString("source_state"),
                number(row, "row_count"));
    }

    @Override
    public Optional<TablePreview> preview(DatasetId id, long version) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select preview_json from dataset_versions
                        where dataset_id = :id and version_number = :number and preview_json is not null
                        """)
                .bind("id", id.value())
                .bind("number", version)
                .mapTo(String.class)
                .findOne()
                .map(DatasetJson::preview));
    }

    @Override
    public void insert(Upload upload) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into dataset_uploads (id, dataset_id, owner, note, run_id, workspace_id, expires_at)
                        values (:id, :dataset, :owner, :note, :run, :workspace, :expiresAt)
                        """)
                .bind("id", upload.id().value())
                .bind("dataset", upload.dataset().value())
                .bind("owner", upload.owner().value())
                .bind("note", upload.note())
                .bind("run", upload.origin().run())
                .bind("workspace", upload.origin().workspace())
                .bind("expiresAt", upload.expiresAt())
                .execute());
    }

    @Override
    public Optional<Upload> upload(UploadId id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from dataset_uploads where id = :id")
                .bind("id", id.value())
                .map(JdbiDatasetRepository::upload)
                .findOne());
    }

    private static Upload upload(ResultSet row, StatementContext context) throws SQLException {
        return new Upload(
                new UploadId(row.getString("id")),
                new DatasetId(row.getString("dataset_id")),
                new UserName(row.getString("owner")),
                row.getString("note"),
                origin(row),
                instant(row, "expires_at"),
                number(row, "version_number"));
    }

    @Override
    public void removeUpload(UploadId id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from dataset_uploads where id = :id")
                .bind("id", id.value())
                .execute());
    }

    @Override
    public List<Upload> expired(Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from dataset_uploads where expires_at < :now and version_number is null limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map(JdbiDatasetRepository::upload)
                .list());
    }

    @Override
    public void insert(DatasetRead read) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into dataset_reads (id, dataset_id, version_number, reader, run_id, workspace_id, opened_at,
                            columns_json, filter)
                        values (:id, :dataset, :version, :reader, :run, :workspace, :openedAt, :columns, :filter)
                        """)
                .bind("id", read.id())
                .bind("dataset", read.dataset().value())
                .bind("version", read.version())
                .bind("reader", read.reader().value())
                .bind("run", read.origin().run())
                .bind("workspace", read.origin().workspace())
                .bind("openedAt", read.openedAt())
                .bind("columns", DatasetJson.write(read.columns()))
                .bind("filter", read.where())
                .execute());
    }

    @Override
    public Optional<DatasetRead> read(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from dataset_reads where id = :id")
                .bind("id", id)
                .map(JdbiDatasetRepository::read)
                .findOne());
    }

    private static DatasetRead read(ResultSet row, StatementContext context) throws SQLException {
        return new DatasetRead(
                row.getString("id"),
                new DatasetId(row.getString("dataset_id")),
                row.getLong("version_number"),
                new UserName(row.getString("reader")),
                origin(row),
                instant(row, "opened_at"),
                DatasetJson.texts(row.getString("columns_json")),
                row.getString("filter"),
                row.getObject("streamed_at") == null ? null : instant(row, "streamed_at"));
    }

    @Override
    public boolean markStreamed(String read, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "update dataset_reads set streamed_at = :now where id = :id and streamed_at is null")
                        .bind("id", read)
                        .bind("now", now)
                        .execute()
                == 1);
    }

    @Override
    public List<DatasetRead> reads(DatasetId id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from dataset_reads where dataset_id = :id order by opened_at desc, id limit :limit")
                .bind("id", id.value())
                .bind("limit", limit)
                .map(JdbiDatasetRepository::read)
                .list());
    }
}
