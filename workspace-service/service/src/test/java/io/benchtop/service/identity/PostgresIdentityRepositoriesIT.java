package io.benchtop.service.identity;

import io.benchtop.service.TestingDatabases;
import org.jdbi.v3.core.Jdbi;

class PostgresIdentityRepositoriesIT extends IdentityRepositoriesContract {

    @Override
    protected Jdbi database() {
        return TestingDatabases.postgres();
    }
}
