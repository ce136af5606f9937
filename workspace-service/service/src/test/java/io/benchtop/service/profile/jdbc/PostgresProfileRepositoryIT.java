package io.benchtop.service.profile.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.profile.ProfileRepository;
import io.benchtop.service.profile.ProfileRepositoryContract;

class PostgresProfileRepositoryIT extends ProfileRepositoryContract {

    private final ProfileRepository profiles = new JdbiProfileRepository(TestingDatabases.postgres());

    @Override
    protected ProfileRepository profiles() {
        return profiles;
    }
}
