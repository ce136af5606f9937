package io.benchtop.service.wiring;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The only place that asks the machine for the time; everything else is given it. */
@Factory
final class TimeFactory {

    /** Primary, because Micronaut brings a clock of its own. */
    @Singleton
    @Primary
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
