package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.workspace.Activity;
import io.benchtop.service.workspace.EverythingStops;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the supervisor and the proxy tell about all servers. */
@Controller("/internal")
final class ServerController {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What the proxy saw of one route. */
    @Serdeable
    record ActivityReport(
            @Nullable String prefix,
            @Nullable String lastActivity,
            @Nullable Integer openTunnels) {}

    /** @param left how many servers had not ended in time */
    @Serdeable
    record StopAllResponse(int left) {}

    private final EverythingStops everythingStops;
    private final Activity activity;

    ServerController(EverythingStops everythingStops, Activity activity) {
        this.everythingStops = requireNonNull(everythingStops, "everythingStops is null");
        this.activity = requireNonNull(activity, "activity is null");
    }

    @Post("/servers:stop-all")
    StopAllResponse stopAll() {
        return new StopAllResponse(everythingStops.stopAll(PATIENCE));
    }

    @Post("/activity")
    @Status(HttpStatus.NO_CONTENT)
    void activity(@Body List<ActivityReport> reports) {
        for (ActivityReport report : reports) {
            if (report.prefix() != null && report.lastActivity() != null) {
                activity.seen(report.prefix(), instant(report.lastActivity()));
            }
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField("lastActivity", "must be an ISO-8601 instant");
        }
    }
}
