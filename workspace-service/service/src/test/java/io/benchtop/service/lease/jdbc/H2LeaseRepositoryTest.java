package io.benchtop.service.lease.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.lease.LeaseRepository;
import io.benchtop.service.lease.LeaseRepositoryContract;
import org.jdbi.v3.core.Jdbi;

class H2LeaseRepositoryTest extends LeaseRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.h2();

    @Override
    protected LeaseRepository leases() {
        return new JdbiLeaseRepository(jdbi);
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(jdbi);
    }
}
