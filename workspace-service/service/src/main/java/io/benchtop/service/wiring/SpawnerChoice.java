package io.benchtop.service.wiring;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.util.Set;

/** What servers run on ({@code BENCHTOP_SPAWNER}); anything but these two stops the start. */
@Context
final class SpawnerChoice {

    static final String PROPERTY = "benchtop.spawner";
    static final String LOCAL = "local";
    static final String KUBERNETES = "kubernetes";

    private final String choice;

    SpawnerChoice(@Value("${" + PROPERTY + ":" + LOCAL + "}") String choice) {
        if (!Set.of(LOCAL, KUBERNETES).contains(choice)) {
            throw new IllegalArgumentException(
                    PROPERTY + " must be " + LOCAL + " or " + KUBERNETES + ", not \"" + choice + "\"");
        }
        this.choice = choice;
    }

    boolean isLocal() {
        return choice.equals(LOCAL);
    }

    @Override
    public String toString() {
        return choice;
    }
}
