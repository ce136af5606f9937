package io.benchtop.service.endpoint.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.ClientCalls;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.endpoint.Measure;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Step;
import io.benchtop.service.identity.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Endpoints in the tables {@code endpoints} and {@code endpoint_*}. */
public final class JdbiEndpointRepository implements EndpointRepository {

    private static final String SELECT =
            "select id, name, owner, generation, wanted_json, created_at, changed_at from endpoints where ";
    private static final String COUNTS = """
            select model, model_version, slot_at, requests, failures, latency_json, value_count, nan_count, finite_count,
                value_sum, value_squares
            from endpoint_counts where endpoint_id = :id and slot_at >= :since\
            """;

    private static final String OF_VERSION = " and model = :model and model_version = :version";

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
        return jdbi.withHandle(
                handle -> first(handle, handle.createQuery(SELECT + "id = :id").bind("id", id.value())));
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
            Optional<Endpoint> before = first(
                    handle, handle.createQuery(SELECT + "id = :id for update").bind("id", id.value()));
            return before.map(found -> {
                Endpoint after = change.apply(found);
                if (!after.equals(found)) {
                    write(handle, after);
                }
                return after;
            });
        });
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
            handle.createQuery("select id from endpoints where id = :id for update")
                    .bind("id", id.value())
                    .mapTo(String.class)
                    .findOne();
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
                        instant(row, "happened_at"),
                        row.getString("actor"),
                        row.getString("code"),
                        row.getString("message")))
                .list());
    }

    @Override
    public boolean count(String report, Instant now, List<Counted> counted, List<CountedClient> clients) {
        return jdbi.inTransaction(handle -> {
            int isNew = handle.createUpdate(
                            "insert into endpoint_reports (id, taken_at) values (:id, :now) on conflict do nothing")
                    .bind("id", report)
                    .bind("now", now)
                    .execute();
            if (isNew == 0) {
                return false;
            }
            Set<EndpointId> there = locked(
                    handle,
                    Stream.concat(
                            counted.stream().map(Counted::endpoint),
                            clients.stream().map(CountedClient::endpoint)));
            long slot = SLOT.toSeconds();
            Instant at = Instant.ofEpochSecond(now.getEpochSecond() / slot * slot);
            for (Counted each : counted) {
                if (there.contains(each.endpoint())) {
                    add(handle, each, at);
                    if (each.measure().requests() > 0) {
                        asked(handle, each.endpoint(), now);
                    }
                }
            }
            LocalDate day = now.atOffset(ZoneOffset.UTC).toLocalDate();
            clients.stream().filter(each -> there.contains(each.endpoint())).forEach(each -> add(handle, each, day));
            return true;
        });
    }

    /**
     * Waits for others that count for the same endpoints: a slot that both would begin is begun once. All wait in one order, so that
     * none waits for one who waits for it.
     */
    private static Set<EndpointId> locked(Handle handle, Stream<EndpointId> endpoints) {
        return endpoints
                .map(EndpointId::value)
                .distinct()
                .sorted()
                .filter(id -> handle.createQuery("select id from endpoints where id = :id for update")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne()
                        .isPresent())
                .map(EndpointId::new)
                .collect(Collectors.toSet());
    }

    private static void add(Handle handle, CountedClient counted, LocalDate day) {
        int added = change(handle, counted, day, """
                update endpoint_clients set requests = requests + :requests, refused = refused + :refused,
                    failures = failures + :failures
                where endpoint_id = :id and client = :client and used_on = :day
                """);
        if (added == 0) {
            change(handle, counted, day, """
                    insert into endpoint_clients (endpoint_id, client, used_on, requests, refused, failures)
                    values (:id, :client, :day, :requests, :refused, :failures)
                    """);
        }
    }

    private static int change(Handle handle, CountedClient counted, LocalDate day, String sql) {
        return handle.createUpdate(sql)
                .bind("id", counted.endpoint().value())
                .bind("client", counted.calls().client())
                .bind("day", day)
                .bind("requests", counted.calls().requests())
                .bind("refused", counted.calls().refused())
                .bind("failures", counted.calls().failures())
                .execute();
    }

    @Override
    public List<ClientDay> clients(EndpointId id, LocalDate since) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select used_on, client, requests, refused, failures from endpoint_clients
                where endpoint_id = :id and used_on >= :since order by used_on desc, client
                """)
                .bind("id", id.value())
                .bind("since", since)
                .map((row, _) -> new ClientDay(
                        row.getObject("used_on", LocalDate.class),
                        new ClientCalls(
                                row.getString("client"),
                                row.getLong("requests"),
                                row.getLong("refused"),
                                row.getLong("failures"))))
                .list());
    }

    @Override
    public Set<String> clientsWithAtLeast(EndpointId id, LocalDate day, long requests) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select client from endpoint_clients
                where endpoint_id = :id and used_on = :day and requests >= :requests
                """)
                .bind("id", id.value())
                .bind("day", day)
                .bind("requests", requests)
                .mapTo(String.class)
                .set());
    }

    @Override
    public void forgetClientsBefore(LocalDate day) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from endpoint_clients where used_on < :day")
                .bind("day", day)
                .execute());
    }

    private static void add(Handle handle, Counted counted, Instant slot) {
        Measure before = handle.createQuery(COUNTS + OF_VERSION + " and slot_at = :since")
                .bind("id", counted.endpoint().value())
                .bind("model", counted.version().model())
                .bind("version", counted.version().version())
                .bind("since", slot)
                .map((row, _) -> measure(row))
                .findOne()
                .orElse(null);
        Measure after = before == null ? counted.measure() : before.plus(counted.measure());
        handle.createUpdate(before == null ? """
                                insert into endpoint_counts (endpoint_id, model, model_version, slot_at, requests, failures,
                                    latency_json, value_count, nan_count, finite_count, value_sum, value_squares)
                                values (:id, :model, :version, :slot, :requests, :failures, :latency, :values, :nans, :finite,
                                    :sum, :squares)
                                """ : """
                                update endpoint_counts set requests = :requests, failures = :failures, latency_json = :latency,
                                    value_count = :values, nan_count = :nans, finite_count = :finite, value_sum = :sum,
                                    value_squares = :squares
                                where endpoint_id = :id and model = :model and model_version = :version and slot_at = :slot
                                """)
                .bind("id", counted.endpoint().value())
                .bind("model", counted.version().model())
                .bind("version", counted.version().version())
                .bind("slot", slot)
                .bind("requests", after.requests())
                .bind("failures", after.failures())
                .bind("latency", EndpointJson.writeCounts(after.latencyCounts()))
                .bind("values", after.values())
                .bind("nans", after.nans())
                .bind("finite", after.finite())
                .bind("sum", after.sum())
                .bind("squares", after.squares())
                .execute();
    }

    @Override
    public Measure measure(EndpointId id, ServedVersion version, Instant since) {
        return jdbi.withHandle(handle -> handle
                .createQuery(COUNTS + OF_VERSION)
                .bind("id", id.value())
                .bind("since", since)
                .bind("model", version.model())
                .bind("version", version.version())
                .map((row, _) -> measure(row))
                .stream()
                .reduce(Measure.NOTHING, Measure::plus));
    }

    @Override
    public List<Slot> slots(EndpointId id, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNTS + " order by slot_at, model, model_version")
                .bind("id", id.value())
                .bind("since", since)
                .map((row, _) -> new Slot(
                        new ServedVersion(row.getString("model"), row.getString("model_version")),
                        instant(row, "slot_at"),
                        measure(row)))
                .list());
    }

    private static Measure measure(ResultSet row) throws SQLException {
        return new Measure(
                row.getLong("requests"),
                row.getLong("failures"),
                EndpointJson.counts(row.getString("latency_json")),
                row.getLong("value_count"),
                row.getLong("nan_count"),
                row.getLong("finite_count"),
                row.getDouble("value_sum"),
                row.getDouble("value_squares"));
    }

    @Override
    public void forgetCountsBefore(Instant time) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("delete from endpoint_counts where slot_at < :time")
                    .bind("time", time)
                    .execute();
            handle.createUpdate("delete from endpoint_reports where taken_at < :time")
                    .bind("time", time)
                    .execute();
        });
    }

    @Override
    public @Nullable Instant lastAsked(EndpointId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select asked_at from endpoints where id = :id and asked_at is not null")
                        .bind("id", id.value())
                        .map((row, _) -> instant(row, "asked_at"))
                        .findOne()
                        .orElse(null));
    }

    @Override
    public void asked(EndpointId id, Instant now) {
        jdbi.useHandle(handle -> asked(handle, id, now));
    }

    private static void asked(Handle handle, EndpointId id, Instant now) {
        handle.createUpdate("update endpoints set asked_at = :now where id = :id")
                .bind("id", id.value())
                .bind("now", now)
                .execute();
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
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
