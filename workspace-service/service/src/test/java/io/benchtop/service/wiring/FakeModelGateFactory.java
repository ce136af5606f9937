package io.benchtop.service.wiring;

import io.benchtop.service.model.FakeModelGate;
import io.benchtop.service.model.ModelGate;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** With the property {@code testing.fake-model-gate}, models are not loaded. */
@Factory
@Requires(property = "testing.fake-model-gate")
final class FakeModelGateFactory {

    @Singleton
    @Bean(typed = {ModelGate.class, FakeModelGate.class})
    @Replaces(value = ModelGate.class, factory = ModelFactory.class)
    FakeModelGate gate() {
        return new FakeModelGate();
    }
}
