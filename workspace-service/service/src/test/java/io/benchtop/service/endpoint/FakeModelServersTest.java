package io.benchtop.service.endpoint;

import java.util.List;

class FakeModelServersTest extends ModelServersContract {

    private final FakeModelServers servers = new FakeModelServers();

    @Override
    protected ModelServers servers() {
        return servers;
    }

    @Override
    protected ModelServers later() {
        return servers;
    }

    @Override
    protected List<ArmState.Server> ready(ModelServers of, int many) {
        servers.answer();
        return super.ready(of, many);
    }
}
