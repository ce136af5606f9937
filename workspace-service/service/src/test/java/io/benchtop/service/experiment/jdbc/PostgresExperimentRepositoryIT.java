package io.benchtop.service.experiment.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.experiment.ExperimentRepository;
import io.benchtop.service.experiment.ExperimentRepositoryContract;
import io.benchtop.service.identity.UserName;
import org.jdbi.v3.core.Jdbi;

class PostgresExperimentRepositoryIT extends ExperimentRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.postgres();
    private final ExperimentRepository experiments = new JdbiExperimentRepository(jdbi);

    @Override
    protected ExperimentRepository experiments() {
        return experiments;
    }

    @Override
    protected void user(UserName name) {
        TestingUsers.insert(jdbi, name);
    }
}
