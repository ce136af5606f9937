package io.benchtop.service.model.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.model.ModelRepository;
import io.benchtop.service.model.ModelRepositoryContract;
import org.jdbi.v3.core.Jdbi;

class H2ModelRepositoryTest extends ModelRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.h2();
    private final ModelRepository models = new JdbiModelRepository(jdbi);

    @Override
    protected ModelRepository models() {
        return models;
    }

    @Override
    protected void user(UserName name) {
        TestingUsers.insert(jdbi, name);
    }
}
