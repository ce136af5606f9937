package io.benchtop.service.workspace;

import io.benchtop.service.spawn.StartPhase;
import java.time.Duration;

/** Port: who measures how long starts take. Told by the replica that starts, so each phase of each start once. */
@FunctionalInterface
public interface SpawnMeter {

    SpawnMeter NONE = (_, _) -> {};

    void took(StartPhase phase, Duration duration);
}
