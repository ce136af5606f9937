package io.benchtop.service.profile.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.profile.ProfileRepository;
import io.benchtop.service.profile.ProfileRepositoryContract;

class H2ProfileRepositoryTest extends ProfileRepositoryContract {

    private final ProfileRepository profiles = new JdbiProfileRepository(TestingDatabases.h2());

    @Override
    protected ProfileRepository profiles() {
        return profiles;
    }
}
