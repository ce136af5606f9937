package io.benchtop.service.endpoint.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.CallCounts;
import io.benchtop.service.endpoint.ClientCalls;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.Measure;
import io.benchtop.service.endpoint.ServedVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** In the tables {@code endpoint_counts}, {@code endpoint_clients} and {@code endpoint_reports}, and when in {@code endpoints}. */
public final class JdbiCallCounts implements CallCounts {

    private static final String COUNTS = """
            select model, model_version, slot_at, requests, failures, latency_json, value_count, nan_count, finite_count,
                value_sum, value_squares
            from endpoint_counts where endpoint_id = :id and slot_at >= :since\
            """;

    private static final String OF_VERSION = " and model = :model and model_version = :version";

    private final Jdbi jdbi;

    public JdbiCallCounts(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
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
            Set<EndpointId> there = EndpointLocks.take(
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
            LocalDate day = CallCounts.day(now);
            clients.stream().filter(each -> there.contains(each.endpoint())).forEach(each -> add(handle, each, day));
            return true;
        });
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
                        Rows.instant(row, "slot_at"),
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
                        .map((row, _) -> Rows.instant(row, "asked_at"))
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
}
