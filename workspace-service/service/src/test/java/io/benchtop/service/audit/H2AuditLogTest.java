package io.benchtop.service.audit;

import io.benchtop.service.TestingDatabases;
import org.jdbi.v3.core.Jdbi;

class H2AuditLogTest extends AuditLogContract {

    @Override
    protected Jdbi database() {
        return TestingDatabases.h2();
    }
}
