package io.benchtop.service.workspace.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Workspaces in the table {@code workspaces}. */
public final class JdbiWorkspaceRepository implements WorkspaceRepository {

    private static final String SELECT = "select " + WorkspaceRows.COLUMNS + " from workspaces where not retired ";

    private final Jdbi jdbi;

    public JdbiWorkspaceRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean insert(Workspace workspace) {
        return jdbi.withHandle(handle ->
                WorkspaceRows.bind(handle.createUpdate("""
                    insert into workspaces (id, owner, slug, display_name, profile, override_memory_bytes,
                        override_cpus, override_gpus, override_image, created_at, desired, state, since,
                        reason_code, reason_message, reason_log, generation, kept_alive_until, kept_alive_reason,
                        last_activity, start_phase, start_detail, start_phase_at, retired)
                    values (:id, :owner, :slug, :displayName, :profile, :overrideMemoryBytes,
                        :overrideCpus, :overrideGpus, :overrideImage, :createdAt, :desired, :state, :since,
                        :reasonCode, :reasonMessage, :reasonLog, :generation, :keptAliveUntil, :keptAliveReason,
                        :lastActivity, :startPhase, :startDetail, :startPhaseAt, false)
                    on conflict do nothing
                    """), workspace).execute() == 1);
    }

    @Override
    public Optional<Workspace> find(WorkspaceId id) {
        return jdbi.withHandle(handle -> find(handle, id, ""));
    }

    @Override
    public Optional<Workspace> find(UserName owner, Slug slug) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "and owner = :owner and slug = :slug")
                .bind("owner", owner.value())
                .bind("slug", slug.value())
                .map(WorkspaceRows::workspace)
                .findOne());
    }

    @Override
    public List<Workspace> list(UserName owner) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "and owner = :owner order by created_at, id")
                .bind("owner", owner.value())
                .map(WorkspaceRows::workspace)
                .list());
    }

    @Override
    public List<Workspace> list() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "order by created_at, id")
                .map(WorkspaceRows::workspace)
                .list());
    }

    @Override
    public Optional<Workspace> change(WorkspaceId id, UnaryOperator<Workspace> change) {
        return jdbi.inTransaction(handle -> find(handle, id, " for update").map(before -> {
            Workspace after = change.apply(before);
            if (!after.equals(before)) {
                update(handle, after);
            }
            return after;
        }));
    }

    @Override
    public void lock(UserName owner) {
        jdbi.useHandle(handle -> handle.createQuery("select name from users where name = :owner for update")
                .bind("owner", owner.value())
                .mapTo(String.class)
                .list());
    }

    @Override
    public boolean isTaken(UserName owner, Slug slug) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from workspaces where owner = :owner and slug = :slug")
                                .bind("owner", owner.value())
                                .bind("slug", slug.value())
                                .mapTo(long.class)
                                .one()
                        > 0);
    }

    @Override
    public Map<OptionSlug, Integer> countByProfile() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select profile, count(*) as uses from workspaces where not retired group by profile")
                .map((row, _) -> Map.entry(new OptionSlug(row.getString("profile")), row.getInt("uses")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public void retire(WorkspaceId id) {
        jdbi.useHandle(handle -> handle.createUpdate("update workspaces set retired = true where id = :id")
                .bind("id", id.value())
                .execute());
    }

    @Override
    public void remove(WorkspaceId id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from workspaces where id = :id")
                .bind("id", id.value())
                .execute());
    }

    private static Optional<Workspace> find(Handle handle, WorkspaceId id, String suffix) {
        return handle.createQuery(SELECT + "and id = :id" + suffix)
                .bind("id", id.value())
                .map(WorkspaceRows::workspace)
                .findOne();
    }

    private static void update(Handle handle, Workspace workspace) {
        WorkspaceRows.bind(handle.createUpdate("""
            update workspaces set display_name = :displayName, profile = :profile,
                override_memory_bytes = :overrideMemoryBytes, override_cpus = :overrideCpus,
                override_gpus = :overrideGpus, override_image = :overrideImage, desired = :desired,
                state = :state, since = :since, reason_code = :reasonCode, reason_message = :reasonMessage,
                reason_log = :reasonLog, generation = :generation, kept_alive_until = :keptAliveUntil,
                kept_alive_reason = :keptAliveReason, last_activity = :lastActivity,
                start_phase = :startPhase, start_detail = :startDetail, start_phase_at = :startPhaseAt
            where id = :id
            """), workspace).execute();
    }
}
