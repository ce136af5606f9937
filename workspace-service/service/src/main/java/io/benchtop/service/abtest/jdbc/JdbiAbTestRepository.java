package io.benchtop.service.abtest.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.abtest.AbTest;
import io.benchtop.service.abtest.AbTestRepository;
import io.benchtop.service.abtest.Gain;
import io.benchtop.service.abtest.Placed;
import io.benchtop.service.abtest.Stage;
import io.benchtop.service.endpoint.BucketRange;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.trial.Plan;
import io.benchtop.service.trial.Stopping;
import io.benchtop.service.trial.SwitchRule;
import io.benchtop.service.trial.Tally;
import io.benchtop.service.trial.Trial;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** A/B tests in the tables {@code trials} and {@code trial_users}. */
public final class JdbiAbTestRepository implements AbTestRepository {

    private static final String SELECT = "select * from trials where ";
    private static final String OF_ENDPOINT = SELECT + "endpoint_id = :endpoint";
    private static final String ONE = OF_ENDPOINT + " and trial_number = :number";

    private final Jdbi jdbi;

    public JdbiAbTestRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean insert(AbTest test) {
        Sticky sticky = test.sticky();
        Trial trial = test.trial();
        return jdbi.withHandle(handle -> bindState(handle.createUpdate("""
                insert into trials (endpoint_id, trial_number, metric, model, control_version, candidate_version, candidate_buckets,
                    sticky_header, sticky_cookie, baseline, minimal_effect, alpha, test_power, stopping, minimal_uplift, switches,
                    candidate_share, control_users, control_conversions, candidate_users, candidate_conversions, stage, stage_since,
                    message, started_by, started_at)
                values (:endpoint, :number, :metric, :model, :control, :candidate, :buckets, :header, :cookie, :baseline, :effect,
                    :alpha, :power, :stopping, :uplift, :switches, :share, :controlUsers, :controlConversions, :candidateUsers,
                    :candidateConversions, :stage, :since, :message, :startedBy, :startedAt)
                on conflict do nothing
                """), test)
                        .bind("metric", test.metric())
                        .bind("model", test.control().model())
                        .bind("control", test.control().version())
                        .bind("candidate", test.candidate().version())
                        .bind("buckets", text(test.buckets()))
                        .bind("header", sticky.header())
                        .bind("cookie", sticky.cookie())
                        .bind("baseline", trial.plan().baseline())
                        .bind("effect", trial.plan().minimalEffect())
                        .bind("alpha", trial.plan().alpha())
                        .bind("power", trial.plan().power())
                        .bind("stopping", trial.stopping().name())
                        .bind("uplift", trial.rule().minimalUplift())
                        .bind("switches", test.switches())
                        .bind("share", trial.candidateShare())
                        .bind("startedBy", test.startedBy().value())
                        .bind("startedAt", test.startedAt())
                        .execute()
                == 1);
    }

    @Override
    public Optional<AbTest> find(EndpointId endpoint, int number) {
        return jdbi.withHandle(handle -> first(one(handle, ONE, endpoint, number)));
    }

    @Override
    public Optional<AbTest> last(EndpointId endpoint) {
        return jdbi.withHandle(handle -> first(handle.createQuery(OF_ENDPOINT + " order by trial_number desc limit 1")
                .bind("endpoint", endpoint.value())));
    }

    @Override
    public List<AbTest> list(EndpointId endpoint) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_ENDPOINT + " order by trial_number desc")
                .bind("endpoint", endpoint.value())
                .map((row, _) -> test(row))
                .list());
    }

    @Override
    public List<AbTest> undone() {
        return jdbi.withHandle(handle -> handle
                .createQuery(SELECT + "stage in ('WAITING', 'RUNNING', 'BETTER') order by endpoint_id, trial_number")
                .map((row, _) -> test(row))
                .stream()
                .filter(AbTest::isUndone)
                .toList());
    }

    @Override
    public Optional<AbTest> change(EndpointId endpoint, int number, UnaryOperator<AbTest> change) {
        return jdbi.inTransaction(handle -> {
            // First the endpoint, as whoever removes it takes its trials after it.
            handle.createQuery("select id from endpoints where id = :id for update")
                    .bind("id", endpoint.value())
                    .mapTo(String.class)
                    .findOne();
            Optional<AbTest> before = first(one(handle, ONE + " for update", endpoint, number));
            return before.map(found -> {
                AbTest after = change.apply(found);
                if (!after.equals(found)) {
                    write(handle, after);
                }
                return after;
            });
        });
    }

    private static void write(Handle handle, AbTest test) {
        bindState(handle.createUpdate("""
                update trials set control_users = :controlUsers, control_conversions = :controlConversions,
                    candidate_users = :candidateUsers, candidate_conversions = :candidateConversions, stage = :stage,
                    stage_since = :since, message = :message
                where endpoint_id = :endpoint and trial_number = :number
                """), test).execute();
    }

    /** Which one it is, and what changes of it. */
    private static Update bindState(Update statement, AbTest test) {
        return statement
                .bind("endpoint", test.endpoint().value())
                .bind("number", test.number())
                .bind("controlUsers", test.ofControl().users())
                .bind("controlConversions", test.ofControl().conversions())
                .bind("candidateUsers", test.ofCandidate().users())
                .bind("candidateConversions", test.ofCandidate().conversions())
                .bind("stage", test.stage().name())
                .bind("since", test.since())
                .bind("message", test.message());
    }

    /** The test's row is locked by the caller, so nobody else inserts the same user meanwhile. */
    @Override
    public Gain.Both add(AbTest test, List<Placed> outcomes) {
        return jdbi.inTransaction(handle -> {
            List<Placed> fresh = new ArrayList<>();
            List<Placed> known = new ArrayList<>();
            int[] inserted = insert(handle, test, outcomes);
            for (int i = 0; i < inserted.length; i++) {
                if (inserted[i] < 0) {
                    throw new IllegalStateException("the database does not tell which users were new: leave"
                            + " reWriteBatchedInserts out of its address");
                }
                (inserted[i] == 1 ? fresh : known).add(outcomes.get(i));
            }
            List<Placed> told = known.stream().filter(Placed::converted).toList();
            return new Gain.Both(
                    gain(fresh, false, converted(handle, test, told, false)),
                    gain(fresh, true, converted(handle, test, told, true)));
        });
    }

    @Override
    public void forgetUsersOfEndedBefore(Instant time) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                delete from trial_users where exists (
                    select 1 from trials t
                    where t.endpoint_id = trial_users.endpoint_id and t.trial_number = trial_users.trial_number
                        and t.stage not in ('WAITING', 'RUNNING') and t.stage_since < :time)
                """).bind("time", time).execute());
    }

    private static Gain gain(List<Placed> fresh, boolean candidate, long converted) {
        List<Placed> users =
                fresh.stream().filter(each -> each.candidate() == candidate).toList();
        return new Gain(
                users.size(),
                converted + users.stream().filter(Placed::converted).count());
    }

    private static int[] insert(Handle handle, AbTest test, List<Placed> outcomes) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into trial_users (endpoint_id, trial_number, user_digest, is_candidate, converted)
                values (:endpoint, :number, :user, :candidate, :converted) on conflict do nothing
                """);
        for (Placed outcome : outcomes) {
            bind(batch, test, outcome)
                    .bind("candidate", outcome.candidate())
                    .bind("converted", outcome.converted())
                    .add();
        }
        return batch.execute();
    }

    /** How many of this side did not count as converted before. */
    private static long converted(Handle handle, AbTest test, List<Placed> outcomes, boolean candidate) {
        if (outcomes.isEmpty()) {
            return 0;
        }
        PreparedBatch batch = handle.prepareBatch("""
                update trial_users set converted = true
                where endpoint_id = :endpoint and trial_number = :number and user_digest = :user and not converted
                    and is_candidate = :candidate
                """);
        for (Placed outcome : outcomes) {
            bind(batch, test, outcome).bind("candidate", candidate).add();
        }
        return Arrays.stream(batch.execute()).asLongStream().sum();
    }

    private static PreparedBatch bind(PreparedBatch batch, AbTest test, Placed outcome) {
        return batch.bind("endpoint", test.endpoint().value())
                .bind("number", test.number())
                .bind("user", outcome.user());
    }

    private static Query one(Handle handle, String query, EndpointId endpoint, int number) {
        return handle.createQuery(query).bind("endpoint", endpoint.value()).bind("number", number);
    }

    private static Optional<AbTest> first(Query query) {
        return query.map((row, _) -> test(row)).findFirst();
    }

    private static AbTest test(ResultSet row) throws SQLException {
        String model = row.getString("model");
        return new AbTest(
                new EndpointId(row.getString("endpoint_id")),
                row.getInt("trial_number"),
                row.getString("metric"),
                new ServedVersion(model, row.getString("control_version")),
                new ServedVersion(model, row.getString("candidate_version")),
                buckets(row.getString("candidate_buckets")),
                new Sticky(row.getString("sticky_header"), row.getBoolean("sticky_cookie")),
                new Trial(
                        new Plan(
                                row.getDouble("baseline"),
                                row.getDouble("minimal_effect"),
                                row.getDouble("alpha"),
                                row.getDouble("test_power")),
                        Stopping.valueOf(row.getString("stopping")),
                        new SwitchRule(row.getDouble("minimal_uplift")),
                        row.getDouble("candidate_share")),
                row.getBoolean("switches"),
                new Tally(row.getLong("control_users"), row.getLong("control_conversions")),
                new Tally(row.getLong("candidate_users"), row.getLong("candidate_conversions")),
                Stage.valueOf(row.getString("stage")),
                instant(row, "stage_since"),
                row.getString("message"),
                new UserName(row.getString("started_by")),
                instant(row, "started_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String text(List<BucketRange> buckets) {
        return buckets.stream().map(range -> range.from() + "-" + range.to()).collect(Collectors.joining(","));
    }

    private static List<BucketRange> buckets(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(range -> range.split("-", -1))
                .map(ends -> new BucketRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])))
                .toList();
    }
}
