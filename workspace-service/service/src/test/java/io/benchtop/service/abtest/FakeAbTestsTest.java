package io.benchtop.service.abtest;

import io.benchtop.service.endpoint.EndpointId;

class FakeAbTestsTest extends AbTestRepositoryContract {

    private final FakeAbTests tests = new FakeAbTests();

    @Override
    protected AbTestRepository tests() {
        return tests;
    }

    @Override
    protected EndpointId endpoint(String name) {
        return EndpointId.random();
    }
}
