package io.benchtop.service.abtest.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.abtest.AbTestRepository;
import io.benchtop.service.abtest.AbTestRepositoryContract;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointExamples;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.jdbc.JdbiEndpointRepository;
import org.jdbi.v3.core.Jdbi;

class PostgresAbTestRepositoryIT extends AbTestRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.postgres();
    private final AbTestRepository tests = new JdbiAbTestRepository(jdbi);

    @Override
    protected AbTestRepository tests() {
        return tests;
    }

    @Override
    protected EndpointId endpoint(String name) {
        TestingUsers.insert(jdbi, EndpointExamples.ALICE);
        Endpoint endpoint = EndpointExamples.serving(name, EndpointExamples.OLD);
        new JdbiEndpointRepository(jdbi).insert(endpoint);
        return endpoint.id();
    }
}
