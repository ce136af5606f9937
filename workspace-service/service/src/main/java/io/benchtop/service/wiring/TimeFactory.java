package io.benchtop.service.wiring;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The only place that asks the machine for the time; everything else is given it. */
@Factory
final class TimeFactory {

    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
