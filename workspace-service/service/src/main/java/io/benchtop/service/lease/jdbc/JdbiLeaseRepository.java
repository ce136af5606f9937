package io.benchtop.service.lease.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.lease.Lease;
import io.benchtop.service.lease.LeaseRepository;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Leases in the table {@code leases}. {@code current_timestamp} is when a transaction began: whoever had to wait for another
 * one judges by an earlier time, which makes a lease live longer for others and shorter for itself.
 */
public final class JdbiLeaseRepository implements LeaseRepository {

    private static final String END = "current_timestamp + cast(:millis as integer) * interval '0.001' second";
    private static final String OWN = "name = :name and holder = :holder and epoch = :epoch";

    private final Jdbi jdbi;

    public JdbiLeaseRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public boolean take(Lease lease, Duration life) {
        return jdbi.inTransaction(handle -> bind(
                                        handle.createUpdate("insert into leases (name, holder, epoch, lapses_at) values"
                                                + " (:name, :holder, :epoch, " + END + ") on conflict do nothing"),
                                        lease)
                                .bind("millis", life.toMillis())
                                .execute()
                        == 1
                || bind(
                                        handle.createUpdate(
                                                "update leases set holder = :holder, epoch = :epoch, lapses_at = " + END
                                                        + " where name = :name and lapses_at < current_timestamp"),
                                        lease)
                                .bind("millis", life.toMillis())
                                .execute()
                        == 1);
    }

    /** Holder and epoch name a lease; all that are asked for are of this process. */
    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration life) {
        if (leases.isEmpty()) {
            return Set.of();
        }
        List<String> holders = leases.stream().map(Lease::holder).distinct().toList();
        List<Long> epochs = leases.stream().map(Lease::epoch).toList();
        String which = " where holder in (<holders>) and epoch in (<epochs>)";
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("update leases set lapses_at = " + END + which)
                    .bindList("holders", holders)
                    .bindList("epochs", epochs)
                    .bind("millis", life.toMillis())
                    .execute();
            return new HashSet<>(handle.createQuery("select name, holder, epoch from leases" + which)
                    .bindList("holders", holders)
                    .bindList("epochs", epochs)
                    .map((row, _) -> new Lease(row.getString("name"), row.getString("holder"), row.getLong("epoch")))
                    .list());
        });
    }

    @Override
    public boolean confirm(Lease lease) {
        return jdbi.withHandle(
                handle -> bind(handle.createQuery("select epoch from leases where " + OWN + " for update"), lease)
                        .mapTo(Long.class)
                        .findOne()
                        .isPresent());
    }

    @Override
    public void release(Lease lease) {
        jdbi.useHandle(handle -> bind(handle.createUpdate("delete from leases where " + OWN), lease)
                .execute());
    }

    @Override
    public List<String> lapsed() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select name from leases where lapses_at < current_timestamp order by name")
                .mapTo(String.class)
                .list());
    }

    @Override
    public void forgetAll() {
        jdbi.useHandle(handle -> handle.execute("delete from leases"));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Lease lease) {
        return statement
                .bind("name", lease.name())
                .bind("holder", lease.holder())
                .bind("epoch", lease.epoch());
    }
}
