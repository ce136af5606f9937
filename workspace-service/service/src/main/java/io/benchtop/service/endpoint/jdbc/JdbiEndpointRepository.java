package io.benchtop.service.endpoint.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Step;
import io.benchtop.service.identity.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** In the tables {@code endpoints}, {@code endpoint_callers} and {@code endpoint_steps}. */
public final class JdbiEndpointRepository implements EndpointRepository {

    private static final String SELECT =
            "select id, name, owner, generation, wanted_json, created_at, changed_at from endpoints where ";
    private final Jdbi jdbi;

    public JdbiEndpointRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean insert(Endpoint endpoint) {
        return jdbi.inTransaction(handle -> {
            int inserted = handle.createUpdate("""
                    insert into endpoints (id, name, owner, generation, wanted_json, seen_json, created_at, changed_at)
                    values (:id, :name, :owner, :generation, :wanted, '[]', :createdAt, :changedAt)
                    on conflict do nothing
                    """)
                    .bind("id", endpoint.id().value())
                    .bind("name", endpoint.name().value())
                    .bind("owner", endpoint.owner().value())
                    .bind("generation", endpoint.generation())
                    .bind("wanted", EndpointJson.write(EndpointJson.Wanted.of(endpoint)))
                    .bind("createdAt", endpoint.createdAt())
                    .bind("changedAt", endpoint.changedAt())
                    .execute();
            if (inserted == 1) {
                insertCallers(handle, endpoint);
            }
            return inserted == 1;
        });
    }

    private static void insertCallers(Handle handle, Endpoint endpoint) {
        endpoint.settings()
                .callers()
                .forEach(caller -> handle.createUpdate(
                                "insert into endpoint_callers (endpoint_id, caller) values (:id, :caller)")
                        .bind("id", endpoint.id().value())
                        .bind("caller", caller)
                        .execute());
    }

    @Override
    public Optional<Endpoint> find(EndpointName name) {
        return jdbi.withHandle(handle ->
                first(handle, handle.createQuery(SELECT + "name = :name").bind("name", name.value())));
    }

    @Override
    public Optional<Endpoint> find(EndpointId id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    private static Optional<Endpoint> find(Handle handle, EndpointId id) {
        return first(handle, handle.createQuery(SELECT + "id = :id").bind("id", id.value()));
    }

    @Override
    public List<Endpoint> list() {
        return jdbi.withHandle(handle -> endpoints(handle, handle.createQuery(SELECT + "true order by name")));
    }

    @Override
    public List<Endpoint> list(UserName user) {
        return jdbi.withHandle(
                handle -> endpoints(handle, handle.createQuery(SELECT + """
                (owner = :user or exists (
                    select 1 from endpoint_callers where endpoint_id = endpoints.id and caller in (:user, '*')))
                order by name
                """).bind("user", user.value())));
    }

    @Override
    public Optional<Endpoint> change(EndpointId id, UnaryOperator<Endpoint> change) {
        return jdbi.inTransaction(handle -> {
            EndpointLocks.take(handle, Stream.of(id));
            return find(handle, id).map(found -> {
                Endpoint after = change.apply(found);
                if (!after.equals(found)) {
                    write(handle, after);
                }
                return after;
            });
        });
    }

    @Override
    public List<Endpoint> lock(Collection<EndpointId> ids) {
        return jdbi.inTransaction(handle -> EndpointLocks.take(handle, ids.stream()).stream()
                .flatMap(id -> find(handle, id).stream())
                .toList());
    }

    private static void write(Handle handle, Endpoint endpoint) {
        handle.createUpdate("""
                update endpoints set generation = :generation, wanted_json = :wanted, changed_at = :changedAt where id = :id
                """)
                .bind("id", endpoint.id().value())
                .bind("generation", endpoint.generation())
                .bind("wanted", EndpointJson.write(EndpointJson.Wanted.of(endpoint)))
                .bind("changedAt", endpoint.changedAt())
                .execute();
        handle.createUpdate("delete from endpoint_callers where endpoint_id = :id")
                .bind("id", endpoint.id().value())
                .execute();
        insertCallers(handle, endpoint);
    }

    @Override
    public void remove(EndpointId id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from endpoints where id = :id")
                .bind("id", id.value())
                .execute());
    }

    @Override
    public Map<ServedVersion, ArmState> seen(EndpointId id) {
        return jdbi.withHandle(handle -> handle.createQuery("select seen_json from endpoints where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .map(EndpointJson::seen)
                .orElseGet(Map::of));
    }

    @Override
    public void see(EndpointId id, Map<ServedVersion, ArmState> arms) {
        jdbi.useHandle(handle -> handle.createUpdate("update endpoints set seen_json = :seen where id = :id")
                .bind("id", id.value())
                .bind("seen", EndpointJson.write(arms))
                .execute());
    }

    /** The endpoint's row is locked, so that two steps do not get one number. */
    @Override
    public void add(EndpointId id, Step step) {
        jdbi.useTransaction(handle -> {
            EndpointLocks.take(handle, Stream.of(id));
            handle.createUpdate("""
                    insert into endpoint_steps (endpoint_id, step_number, happened_at, actor, code, message)
                    select id, (select coalesce(max(step_number), 0) + 1 from endpoint_steps where endpoint_id = :id),
                        :at, :actor, :code, :message
                    from endpoints where id = :id
                    """)
                    .bind("id", id.value())
                    .bind("at", step.at())
                    .bind("actor", step.actor())
                    .bind("code", step.code())
                    .bind("message", step.message())
                    .execute();
        });
    }

    @Override
    public List<Step> steps(EndpointId id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select happened_at, actor, code, message from endpoint_steps
                where endpoint_id = :id order by step_number desc limit :limit
                """)
                .bind("id", id.value())
                .bind("limit", limit)
                .map((row, _) -> new Step(
                        Rows.instant(row, "happened_at"),
                        row.getString("actor"),
                        row.getString("code"),
                        row.getString("message")))
                .list());
    }

    private static Optional<Endpoint> first(Handle handle, Query query) {
        return endpoints(handle, query).stream().findFirst();
    }

    /** Each with its callers, which one more query brings for all of them. */
    private static List<Endpoint> endpoints(Handle handle, Query query) {
        List<Endpoint> bare = query.map((row, _) -> bare(row)).list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<String, Set<String>> callers = new HashMap<>();
        handle.createQuery("select endpoint_id, caller from endpoint_callers where endpoint_id = any(:ids)")
                .bindArray(
                        "ids",
                        String.class,
                        bare.stream().map(one -> one.id().value()).toList())
                .map((row, _) -> callers.computeIfAbsent(row.getString("endpoint_id"), _ -> new HashSet<>())
                        .add(row.getString("caller")))
                .list();
        return bare.stream()
                .map(one -> one.calledBy(callers.getOrDefault(one.id().value(), Set.of())))
                .toList();
    }

    private static Endpoint bare(ResultSet row) throws SQLException {
        EndpointJson.Wanted wanted = EndpointJson.wanted(row.getString("wanted_json"));
        return new Endpoint(
                new EndpointId(row.getString("id")),
                new EndpointName(row.getString("name")),
                new UserName(row.getString("owner")),
                wanted.settings(Set.of()),
                EndpointJson.ShareRow.traffic(wanted.traffic()),
                wanted.shadow(),
                wanted.rollout().rollout(),
                EndpointJson.ShareRow.traffic(wanted.before()),
                wanted.retained(),
                row.getLong("generation"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "changed_at"));
    }
}
