package io.benchtop.service.identity;

import io.benchtop.service.TestingDatabases;
import org.jdbi.v3.core.Jdbi;

class H2IdentityRepositoriesTest extends IdentityRepositoriesContract {

    @Override
    protected Jdbi database() {
        return TestingDatabases.h2();
    }
}
