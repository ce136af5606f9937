package io.benchtop.service.profile;

class FakeProfileRepositoryTest extends ProfileRepositoryContract {

    private final ProfileRepository profiles = new FakeProfileRepository();

    @Override
    protected ProfileRepository profiles() {
        return profiles;
    }
}
