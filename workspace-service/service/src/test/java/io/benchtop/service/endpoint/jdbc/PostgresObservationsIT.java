package io.benchtop.service.endpoint.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.endpoint.Observations;
import io.benchtop.service.endpoint.ObservationsContract;

class PostgresObservationsIT extends ObservationsContract {

    private final Observations observations = new JdbiObservations(TestingDatabases.postgres());

    @Override
    protected Observations observations() {
        return observations;
    }
}
