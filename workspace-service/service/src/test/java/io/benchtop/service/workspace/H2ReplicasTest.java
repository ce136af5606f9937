package io.benchtop.service.workspace;

import io.benchtop.service.TestingDatabases;
import org.jdbi.v3.core.Jdbi;

class H2ReplicasTest extends ReplicasContract {

    @Override
    protected Jdbi database() {
        return TestingDatabases.h2();
    }
}
