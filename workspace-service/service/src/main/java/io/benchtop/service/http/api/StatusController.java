package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.status.Status;
import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Spawner;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What this installation is and what it cannot do. */
@Controller("/api/v1/status")
final class StatusController {

    private final Installation installation;
    private final Spawner spawner;
    private final Warnings warnings;

    StatusController(Installation installation, Spawner spawner, Warnings warnings) {
        this.installation = requireNonNull(installation, "installation is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.warnings = requireNonNull(warnings, "warnings is null");
    }

    @Get
    Status status(Caller caller) {
        return new Status(
                installation.version(), installation.spawner(), installation.database(), limits(), warnings.of(caller));
    }

    /** Only a running server shows whether the kernel keeps its limits; before the first one we know the least there is. */
    private AppliedLimits limits() {
        String least = Files.isDirectory(Path.of("/proc/self")) ? "watched" : "none";
        return spawner.list().values().stream()
                .map(Alive::limits)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(new AppliedLimits(least, least));
    }
}
