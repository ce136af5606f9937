package io.benchtop.service.change.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.change.ChangeHistory;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.change.ChangeLogContract;
import org.jdbi.v3.core.Jdbi;

class H2ChangeLogTest extends ChangeLogContract {

    private final Jdbi jdbi = TestingDatabases.h2();

    @Override
    protected ChangeLog log() {
        return new JdbiChangeLog(jdbi, clock, commits::incrementAndGet);
    }

    @Override
    protected ChangeHistory history() {
        return new JdbiChangeHistory(jdbi);
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(jdbi);
    }
}
