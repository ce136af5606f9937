package io.benchtop.service.dataset.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.dataset.DatasetRepository;
import io.benchtop.service.dataset.DatasetRepositoryContract;
import io.benchtop.service.identity.UserName;
import org.jdbi.v3.core.Jdbi;

class PostgresDatasetRepositoryIT extends DatasetRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.postgres();
    private final DatasetRepository datasets = new JdbiDatasetRepository(jdbi);

    @Override
    protected DatasetRepository datasets() {
        return datasets;
    }

    @Override
    protected void user(UserName name) {
        TestingUsers.insert(jdbi, name);
    }
}
