package io.benchtop.service.connection;

class FakeConnectionRepositoryTest extends ConnectionRepositoryContract {

    private final ConnectionRepository connections = new FakeConnectionRepository();

    @Override
    protected ConnectionRepository connections() {
        return connections;
    }
}
