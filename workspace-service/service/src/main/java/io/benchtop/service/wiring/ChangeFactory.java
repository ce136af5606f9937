package io.benchtop.service.wiring;

import io.benchtop.service.change.ChangeHistory;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.change.ChangeTail;
import io.benchtop.service.change.jdbc.JdbiChangeHistory;
import io.benchtop.service.change.jdbc.JdbiChangeLog;
import io.benchtop.service.lease.LeaseRepository;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.lease.jdbc.JdbiLeaseRepository;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** What lets replicas act as one: the change log, whoever follows it, and leases. */
@Factory
final class ChangeFactory {

    @Singleton
    ChangeHistory changeHistory(Jdbi jdbi) {
        return new JdbiChangeHistory(jdbi);
    }

    @Singleton
    @Bean(preDestroy = "close")
    ChangeTail changeTail(ChangeHistory history, InstantSource clock) {
        ChangeTail tail = new ChangeTail(history, clock);
        tail.begin();
        return tail;
    }

    /** An embedded database is nobody else's: who held a lease of it before is gone. */
    @Singleton
    @Bean(preDestroy = "close")
    Leases leases(Jdbi jdbi, ServiceConfig config) {
        LeaseRepository repository = new JdbiLeaseRepository(jdbi);
        if (!config.isPostgresql()) {
            repository.forgetAll();
        }
        Leases leases = new Leases(repository, Leases.LIFE);
        leases.begin();
        return leases;
    }

    @Singleton
    ChangeLog changeLog(Jdbi jdbi, ChangeTail tail, InstantSource clock) {
        return new JdbiChangeLog(jdbi, clock, tail::wake);
    }
}
