package io.benchtop.service.experiment.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.RunRepository;
import io.benchtop.service.experiment.RunRepositoryContract;
import org.jdbi.v3.core.Jdbi;

class H2RunRepositoryTest extends RunRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.h2();
    private final RunRepository runs = new JdbiRunRepository(jdbi);

    @Override
    protected RunRepository runs() {
        return runs;
    }

    @Override
    protected void experiment(Experiment experiment) {
        TestingUsers.insert(jdbi, experiment.owner());
        new JdbiExperimentRepository(jdbi).insert(experiment);
    }
}
