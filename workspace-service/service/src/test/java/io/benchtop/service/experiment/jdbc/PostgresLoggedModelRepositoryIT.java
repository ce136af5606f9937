package io.benchtop.service.experiment.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.LoggedModelRepository;
import io.benchtop.service.experiment.LoggedModelRepositoryContract;
import io.benchtop.service.experiment.RunRepository;
import org.jdbi.v3.core.Jdbi;

class PostgresLoggedModelRepositoryIT extends LoggedModelRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.postgres();
    private final LoggedModelRepository models = new JdbiLoggedModelRepository(jdbi);

    @Override
    protected LoggedModelRepository models() {
        return models;
    }

    @Override
    protected RunRepository runs() {
        return new JdbiRunRepository(jdbi);
    }

    @Override
    protected void experiment(Experiment experiment) {
        TestingUsers.insert(jdbi, experiment.owner());
        new JdbiExperimentRepository(jdbi).insert(experiment);
    }
}
