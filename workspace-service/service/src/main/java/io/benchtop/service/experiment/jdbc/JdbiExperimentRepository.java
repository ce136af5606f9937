package io.benchtop.service.experiment.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.ExperimentId;
import io.benchtop.service.experiment.ExperimentRepository;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Experiments in the tables {@code experiments} and {@code experiment_tags}. */
public final class JdbiExperimentRepository implements ExperimentRepository {

    private static final String SELECT =
            "select id, owner, name, deleted, created_at, changed_at from experiments where ";

    private final Jdbi jdbi;

    public JdbiExperimentRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean insert(Experiment experiment) {
        return jdbi.inTransaction(handle -> {
            int inserted = handle.createUpdate("""
                    insert into experiments (id, owner, name, deleted, created_at, changed_at)
                    values (:id, :owner, :name, :deleted, :createdAt, :changedAt)
                    on conflict do nothing
                    """)
                    .bind("id", experiment.id().value())
                    .bind("owner", experiment.owner().value())
                    .bind("name", experiment.name())
                    .bind("deleted", experiment.deleted())
                    .bind("createdAt", experiment.createdAt())
                    .bind("changedAt", experiment.changedAt())
                    .execute();
            if (inserted == 1) {
                experiment.tags().forEach((key, value) -> setTag(handle, experiment.id(), key, value));
            }
            return inserted == 1;
        });
    }

    @Override
    public Optional<Experiment> find(ExperimentId id) {
        return jdbi.withHandle(handle ->
                experiments(handle, handle.createQuery(SELECT + "id = :id").bind("id", id.value())).stream()
                        .findFirst());
    }

    @Override
    public Optional<Experiment> find(UserName owner, String name) {
        return jdbi.withHandle(handle -> experiments(
                        handle,
                        handle.createQuery(SELECT + "owner = :owner and name = :name")
                                .bind("owner", owner.value())
                                .bind("name", name))
                .stream()
                .findFirst());
    }

    @Override
    public List<Experiment> list(UserName owner) {
        return jdbi.withHandle(handle -> experiments(
                handle,
                handle.createQuery(SELECT + "owner = :owner order by changed_at desc, id")
                        .bind("owner", owner.value())));
    }

    /** Each with its tags, which one more query brings for all of them. */
    private static List<Experiment> experiments(Handle handle, Query query) {
        List<Experiment> bare = query.map((row, _) -> new Experiment(
                        new ExperimentId(row.getString("id")),
                        new UserName(row.getString("owner")),
                        row.getString("name"),
                        row.getBoolean("deleted"),
                        row.getLong("created_at"),
                        row.getLong("changed_at"),
                        Map.of()))
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<String, Map<String, String>> tags = new HashMap<>();
        handle.createQuery(
                        "select experiment_id, tag_key, tag_value from experiment_tags where experiment_id = any(:ids)")
                .bindArray(
                        "ids",
                        String.class,
                        bare.stream().map(one -> one.id().value()).toList())
                .map((row, _) -> tags.computeIfAbsent(row.getString("experiment_id"), _ -> new HashMap<>())
                        .put(row.getString("tag_key"), row.getString("tag_value")))
                .forEach(_ -> {});
        return bare.stream()
                .map(one -> new Experiment(
                        one.id(),
                        one.owner(),
                        one.name(),
                        one.deleted(),
                        one.createdAt(),
                        one.changedAt(),
                        tags.getOrDefault(one.id().value(), Map.of())))
                .toList();
    }

    @Override
    public Optional<Experiment> change(ExperimentId id, UnaryOperator<Experiment> change) {
        return jdbi.inTransaction(handle ->
                experiments(
                                handle,
                                handle.createQuery(SELECT + "id = :id for update")
                                        .bind("id", id.value()))
                        .stream()
                        .findFirst()
                        .map(before -> {
                            Experiment after = change.apply(before);
                            checkFree(handle, before, after);
                            handle.createUpdate(
                                            "update experiments set name = :name, deleted = :deleted, changed_at = :changedAt"
                                                    + " where id = :id")
                                    .bind("id", id.value())
                                    .bind("name", after.name())
                                    .bind("deleted", after.deleted())
                                    .bind("changedAt", after.changedAt())
                                    .execute();
                            return after;
                        }));
    }

    private static void checkFree(Handle handle, Experiment before, Experiment after) {
        boolean taken = !before.name().equals(after.name())
                && handle.createQuery("select id from experiments where owner = :owner and name = :name")
                        .bind("owner", after.owner().value())
                        .bind("name", after.name())
                        .mapTo(String.class)
                        .findOne()
                        .isPresent();
        if (taken) {
            throw ProblemException.of(
                    ErrorCode.ALREADY_EXISTS,
                    "You have an experiment \"" + after.name() + "\", perhaps a deleted one. Choose another name.");
        }
    }

    @Override
    public void setTag(ExperimentId id, String key, String value) {
        jdbi.useTransaction(handle -> setTag(handle, id, key, value));
    }

    private static void setTag(Handle handle, ExperimentId id, String key, String value) {
        int updated = handle.createUpdate(
                        "update experiment_tags set tag_value = :value where experiment_id = :id and tag_key = :key")
                .bind("id", id.value())
                .bind("key", key)
                .bind("value", value)
                .execute();
        if (updated == 0) {
            handle.createUpdate("insert into experiment_tags (experiment_id, tag_key, tag_value)"
                            + " values (:id, :key, :value) on conflict do nothing")
                    .bind("id", id.value())
                    .bind("key", key)
                    .bind("value", value)
                    .execute();
        }
    }

    @Override
    public boolean removeTag(ExperimentId id, String key) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("delete from experiment_tags where experiment_id = :id and tag_key = :key")
                                .bind("id", id.value())
                                .bind("key", key)
                                .execute()
                        == 1);
    }
}
