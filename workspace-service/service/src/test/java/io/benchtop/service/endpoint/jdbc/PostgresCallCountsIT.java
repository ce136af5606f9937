package io.benchtop.service.endpoint.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.endpoint.CallCounts;
import io.benchtop.service.endpoint.CallCountsContract;
import io.benchtop.service.endpoint.EndpointRepository;
import io.benchtop.service.identity.UserName;
import org.jdbi.v3.core.Jdbi;

class PostgresCallCountsIT extends CallCountsContract {

    private final Jdbi jdbi = TestingDatabases.postgres();
    private final CallCounts counts = new JdbiCallCounts(jdbi);
    private final EndpointRepository endpoints = new JdbiEndpointRepository(jdbi);

    @Override
    protected CallCounts counts() {
        return counts;
    }

    @Override
    protected EndpointRepository endpoints() {
        return endpoints;
    }

    @Override
    protected void user(UserName name) {
        TestingUsers.insert(jdbi, name);
    }
}
