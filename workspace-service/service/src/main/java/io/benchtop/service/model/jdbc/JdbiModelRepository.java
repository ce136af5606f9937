package io.benchtop.service.model.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.model.Alias;
import io.benchtop.service.model.Approval;
import io.benchtop.service.model.ModelFormat;
import io.benchtop.service.model.ModelId;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelRepository;
import io.benchtop.service.model.ModelState;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.PublishKey;
import io.benchtop.service.model.RegisteredModel;
import io.benchtop.service.model.SemanticVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Models in the tables whose names begin with {@code model}. The row of a model is the lock of all that belongs to it. */
public final class JdbiModelRepository implements ModelRepository {

    private static final String SELECT =
            "select id, name, owner, description, approval_required, tags_json, created_at, changed_at from models where ";
    private static final String VERSIONS = """
            select model_id, version_number, major, minor, patch, state, state_json, expires_at, format, publication_json, created_by,
                created_at, approval, approved_by, approval_comment, description, tags_json, request_hash
            from model_versions where\s""";

    private final Jdbi jdbi;

    public JdbiModelRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean insert(RegisteredModel model) {
        return jdbi.inTransaction(handle -> {
            int inserted = handle.createUpdate("""
                    insert into models (id, name, name_key, owner, description, approval_required, tags_json, created_at, changed_at)
                    values (:id, :name, :key, :owner, :description, :approval, :tags, :createdAt, :changedAt)
                    on conflict do nothing
                    """)
                    .bind("id", model.id().value())
                    .bind("name", model.name().value())
                    .bind("key", model.name().key())
                    .bind("owner", model.owner().value())
                    .bind("description", model.description())
                    .bind("approval", model.approvalRequired())
                    .bind("tags", ModelJson.write(model.tags()))
                    .bind("createdAt", model.createdAt())
                    .bind("changedAt", model.changedAt())
                    .execute();
            if (inserted == 1) {
                insertParts(handle, model);
            }
            return inserted == 1;
        });
    }

    private static void insertParts(Handle handle, RegisteredModel model) {
        String id = model.id().value();
        model.readers()
                .forEach(reader ->
                        handle.execute("insert into model_readers (model_id, reader) values (?, ?)", id, reader));
        model.publishers()
                .forEach(publisher -> handle.execute(
                        "insert into model_publishers (model_id, publisher) values (?, ?)", id, publisher));
        model.aliases()
                .forEach((alias, number) -> handle.execute(
                        "insert into model_aliases (model_id, alias, version_number) values (?, ?, ?)",
                        id,
                        alias.value(),
                        number));
    }

    @Override
    public Optional<RegisteredModel> find(ModelName name) {
        return jdbi.withHandle(handle ->
                models(handle, handle.createQuery(SELECT + "name_key = :key").bind("key", name.key())).stream()
                        .findFirst());
    }

    @Override
    public Optional<RegisteredModel> find(ModelId id) {
        return jdbi.withHandle(handle -> find(handle, id, ""));
    }

    private static Optional<RegisteredModel> find(Handle handle, ModelId id, String lock) {
        return models(handle, handle.createQuery(SELECT + "id = :id" + lock).bind("id", id.value())).stream()
                .findFirst();
    }

    @Override
    public List<RegisteredModel> search(@Nullable UserName reader, String text, int limit) {
        String visible = reader == null ? "true" : """
                (owner = :reader
                    or exists (select 1 from model_readers where model_id = models.id and reader in (:reader, '*'))
                    or exists (select 1 from model_publishers where model_id = models.id and publisher = :reader))""";
        String matching = text.isEmpty()
                ? "true"
                : "(position(:text in name_key) > 0 or position(:text in lower(description)) > 0)";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(SELECT + visible + " and " + matching + " order by name_key limit :limit")
                    .bind("limit", limit);
            if (reader != null) {
                query.bind("reader", reader.value());
            }
            if (!text.isEmpty()) {
                query.bind("text", text.toLowerCase(Locale.ROOT));
            }
            return models(handle, query);
        });
    }

    /** Each with its people and aliases, which three more queries bring for all of them. */
    private static List<RegisteredModel> models(Handle handle, Query query) {
        List<RegisteredModel> bare = query.map((row, _) -> bare(row)).list();
        if (bare.isEmpty()) {
            return bare;
        }
        List<String> ids = bare.stream().map(one -> one.id().value()).toList();
        Map<String, Set<String>> readers = people(handle, ids, "reader");
        Map<String, Set<String>> publishers = people(handle, ids, "publisher");
        Map<String, Map<Alias, Long>> aliases = new HashMap<>();
        each(
                handle,
                "select model_id, alias, version_number from model_aliases where model_id = any(:ids)",
                ids,
                row -> aliases.computeIfAbsent(row.getString("model_id"), _ -> new HashMap<>())
                        .put(new Alias(row.getString("alias")), row.getLong("version_number")));
        return bare.stream()
                .map(one -> new RegisteredModel(
                        one.id(),
                        one.name(),
                        one.owner(),
                        one.description(),
                        readers.getOrDefault(one.id().value(), Set.of()),
                        publishers.getOrDefault(one.id().value(), Set.of()),
                        one.approvalRequired(),
                        aliases.getOrDefault(one.id().value(), Map.of()),
                        one.tags(),
                        one.createdAt(),
                        one.changedAt()))
                .toList();
    }

    private static Map<String, Set<String>> people(Handle handle, List<String> ids, String what) {
        Map<String, Set<String>> found = new HashMap<>();
        each(
                handle,
                "select model_id, " + what + " from model_" + what + "s where model_id = any(:ids)",
                ids,
                row -> found.computeIfAbsent(row.getString("model_id"), _ -> new HashSet<>())
                        .add(row.getString(what)));
        return found;
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

    private static RegisteredModel bare(ResultSet row) throws SQLException {
        return new RegisteredModel(
                new ModelId(row.getString("id")),
                new ModelName(row.getString("name")),
                new UserName(row.getString("owner")),
                row.getString("description"),
                Set.of(),
                Set.of(),
                row.getBoolean("approval_required"),
                Map.of(),
                ModelJson.tags(row.getString("tags_json")),
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    @Override
    public Optional<RegisteredModel> change(ModelId id, UnaryOperator<RegisteredModel> change) {
        return jdbi.inTransaction(handle -> find(handle, id, " for update").map(before -> {
            RegisteredModel after = change.apply(before);
            handle.createUpdate("""
                    update models set description = :description, approval_required = :approval, tags_json = :tags,
                        changed_at = :changedAt
                    where id = :id
                    """)
                    .bind("id", id.value())
                    .bind("description", after.description())
                    .bind("approval", after.approvalRequired())
                    .bind("tags", ModelJson.write(after.tags()))
                    .bind("changedAt", after.changedAt())
                    .execute();
            for (String table : List.of("model_readers", "model_publishers", "model_aliases")) {
                handle.execute("delete from " + table + " where model_id = ?", id.value());
            }
            insertParts(handle, after);
            return after;
        }));
    }

    @Override
    public void remove(ModelId id) {
        jdbi.useTransaction(handle -> handle.execute("delete from models where id = ?", id.value()));
    }

    @Override
    public Optional<Numbering> lock(ModelId id) {
        return jdbi.inTransaction(handle -> find(handle, id, " for update").map(_ -> {
            long next = handle.createQuery(
                            "select coalesce(max(version_number), 0) + 1 from model_versions where model_id = :id")
                    .bind("id", id.value())
                    .mapTo(Long.class)
                    .one();
            Optional<SemanticVersion> highest = handle.createQuery("""
                            select major, minor, patch from model_versions where model_id = :id
                            order by major desc, minor desc, patch desc limit 1
                            """)
                    .bind("id", id.value())
                    .map((row, _) -> semantic(row))
                    .findOne();
            return new Numbering(next, highest);
        }));
    }

    private static SemanticVersion semantic(ResultSet row) throws SQLException {
        return new SemanticVersion(row.getInt("major"), row.getInt("minor"), row.getInt("patch"));
    }

    @Override
    public void insert(ModelVersion version, @Nullable PublishKey key) {
        jdbi.useTransaction(handle -> {
            Update insert = handle.createUpdate("""
                    insert into model_versions (model_id, version_number, major, minor, patch, state, state_json, expires_at, format,
                        publication_json, created_by, created_at, approval, approved_by, approval_comment, description, tags_json,
                        idempotency_key, request_hash)
                    values (:id, :number, :major, :minor, :patch, :state, :stateJson, :expiresAt, :format,
                        :publication, :createdBy, :createdAt, :approval, :approvedBy, :comment, :description, :tags,
                        :key, :hash)
                    """);
            bindChangeable(insert, version)
                    .bind("major", version.version().major())
                    .bind("minor", version.version().minor())
                    .bind("patch", version.version().patch())
                    .bind("format", version.publication().format().name())
                    .bind("publication", ModelJson.write(version.publication()))
                    .bind("createdBy", version.publication().createdBy().value())
                    .bind("createdAt", version.publication().createdAt())
                    .bind("key", key == null ? null : key.value())
                    .bind("hash", key == null ? null : key.requestHash())
                    .execute();
            handle.createUpdate("update models set changed_at = :now where id = :id")
                    .bind("id", version.model().value())
                    .bind("now", version.publication().createdAt())
                    .execute();
        });
    }

    private static Update bindChangeable(Update update, ModelVersion version) {
        UserName reviewer = version.approval().by();
        return update.bind("id", version.model().value())
                .bind("number", version.number())
                .bind("state", version.state().code())
                .bind("stateJson", ModelJson.write(version.state()))
                .bind(
                        "expiresAt",
                        version.state() instanceof ModelState.Uploading uploading ? uploading.expiresAt() : null)
                .bind("approval", version.approval().status().name())
                .bind("approvedBy", reviewer == null ? null : reviewer.value())
                .bind("comment", version.approval().comment())
                .bind("description", version.description())
                .bind("tags", ModelJson.write(version.tags()));
    }

    @Override
    public Optional<Begun> begun(ModelId id, UserName owner, String key) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        VERSIONS + "model_id = :id and created_by = :owner and idempotency_key = :key")
                .bind("id", id.value())
                .bind("owner", owner.value())
                .bind("key", key)
                .map((row, _) -> new Begun(version(row), row.getString("request_hash")))
                .findOne());
    }

    @Override
    public List<ModelVersion> versions(ModelId id) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS + "model_id = :id order by version_number desc")
                .bind("id", id.value())
                .map((row, _) -> version(row))
                .list());
    }

    @Override
    public Optional<ModelVersion> version(ModelId id, SemanticVersion version) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        VERSIONS + "model_id = :id and major = :major and minor = :minor and patch = :patch")
                .bind("id", id.value())
                .bind("major", version.major())
                .bind("minor", version.minor())
                .bind("patch", version.patch())
                .map((row, _) -> version(row))
                .findOne());
    }

    @Override
    public Optional<ModelVersion> version(ModelId id, long number) {
        return jdbi.withHandle(handle -> version(handle, id, number));
    }

    private static Optional<ModelVersion> version(Handle handle, ModelId id, long number) {
        return handle.createQuery(VERSIONS + "model_id = :id and version_number = :number")
                .bind("id", id.value())
                .bind("number", number)
                .map((row, _) -> version(row))
                .findOne();
    }

    @Override
    public Optional<ModelVersion> latest(ModelId id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        VERSIONS + "model_id = :id and state = 'READY' order by version_number desc limit 1")
                .bind("id", id.value())
                .map((row, _) -> version(row))
                .findOne());
    }

    @Override
    public Optional<ModelVersion> change(ModelId id, long number, UnaryOperator<ModelVersion> change) {
        return jdbi.inTransaction(handle -> {
            if (find(handle, id, " for update").isEmpty()) {
                return Optional.empty();
            }
            return version(handle, id, number).map(before -> {
                ModelVersion after = change.apply(before);
                Update update = handle.createUpdate("""
                        update model_versions set state = :state, state_json = :stateJson, expires_at = :expiresAt, approval = :approval,
                            approved_by = :approvedBy, approval_comment = :comment, description = :description, tags_json = :tags
                        where model_id = :id and version_number = :number
                        """);
                bindChangeable(update, after).execute();
                return after;
            });
        });
    }

    @Override
    public void removeVersion(ModelId id, long number) {
        jdbi.useTransaction(handle -> handle.execute(
                "delete from model_versions where model_id = ? and version_number = ?", id.value(), number));
    }

    @Override
    public List<ModelVersion> unchecked(int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery(VERSIONS + "state = 'CHECKING' order by created_at limit :limit")
                        .bind("limit", limit)
                        .map((row, _) -> version(row))
                        .list());
    }

    @Override
    public List<ModelVersion> abandoned(Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        VERSIONS + "state = 'UPLOADING' and expires_at < :now order by created_at limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map((row, _) -> version(row))
                .list());
    }

    private static ModelVersion version(ResultSet row) throws SQLException {
        OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        String reviewer = row.getString("approved_by");
        return new ModelVersion(
                new ModelId(row.getString("model_id")),
                semantic(row),
                row.getLong("version_number"),
                ModelJson.publication(
                        row.getString("publication_json"),
                        ModelFormat.valueOf(row.getString("format")),
                        new UserName(row.getString("created_by")),
                        instant(row, "created_at")),
                ModelJson.state(
                        row.getString("state"),
                        row.getString("state_json"),
                        expires == null ? null : expires.toInstant()),
                new Approval(
                        Approval.Status.valueOf(row.getString("approval")),
                        reviewer == null ? null : new UserName(reviewer),
                        row.getString("approval_comment")),
                row.getString("description"),
                ModelJson.tags(row.getString("tags_json")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
