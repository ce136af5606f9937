package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the local spawner is told.
 *
 * @param data the data folder, absolute
 * @param publicUrl where the proxy is reached from this machine
 * @param startTimeout how long a server may take until it answers
 * @param shell for terminals
 */
public record LocalSpawnSettings(Path data, URI publicUrl, Duration startTimeout, String shell) {

    public LocalSpawnSettings {
        requireNonNull(publicUrl, "publicUrl is null");
        requireNonNull(shell, "shell is null");
        if (!data.isAbsolute()) {
            throw new IllegalArgumentException("the data folder must be absolute, not " + data);
        }
        if (!startTimeout.isPositive()) {
            throw new IllegalArgumentException("the start timeout must be positive, not " + startTimeout);
        }
    }
}
