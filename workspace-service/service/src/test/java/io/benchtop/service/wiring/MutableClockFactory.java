package io.benchtop.service.wiring;

import io.benchtop.service.MutableClock;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** With the property {@code testing.clock}, an instant, the service's time stands still there. */
@Factory
@Requires(property = "testing.clock")
final class MutableClockFactory {

    @Singleton
    @Primary
    @Replaces(value = InstantSource.class, factory = TimeFactory.class)
    MutableClock clock(@Value("${testing.clock}") String start) {
        return new MutableClock(Instant.parse(start));
    }
}
