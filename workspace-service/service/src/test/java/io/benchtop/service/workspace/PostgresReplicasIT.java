package io.benchtop.service.workspace;

import io.benchtop.service.TestingDatabases;
import org.jdbi.v3.core.Jdbi;

class PostgresReplicasIT extends ReplicasContract {

    @Override
    protected Jdbi database() {
        return TestingDatabases.postgres();
    }
}
