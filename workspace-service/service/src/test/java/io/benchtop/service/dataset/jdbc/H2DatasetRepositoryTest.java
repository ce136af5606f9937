package io.benchtop.service.dataset.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.dataset.DatasetRepository;
import io.benchtop.service.dataset.DatasetRepositoryContract;
import io.benchtop.service.identity.UserName;
import org.jdbi.v3.core.Jdbi;

class H2DatasetRepositoryTest extends DatasetRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.h2();
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
