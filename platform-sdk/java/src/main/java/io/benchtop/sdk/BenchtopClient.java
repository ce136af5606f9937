package io.benchtop.sdk;

import io.benchtop.api.identity.Me;
import io.benchtop.api.workspace.KeepAliveRequest;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A connection to one Benchtop, as one person. Nothing is asked of the service before the first call; threads may share it.
 *
 * <p>Every failure is a {@link BenchtopException}.
 */
public final class BenchtopClient {

    private final RestClient rest;
    private final Supplier<String> ownWorkspace;

    BenchtopClient(RestClient rest, Supplier<String> ownWorkspace) {
        this.rest = rest;
        this.ownWorkspace = ownWorkspace;
    }

    /**
     * Tells who the service takes this program for.
     *
     * @throws BenchtopException {@code not_in_workspace} outside a workspace, {@code service_unreachable}, or what the service
     *     answers, such as {@code unauthenticated}
     */
    public User whoami() {
        var user = rest.get("/api/v1/me", Me.class).user();
        return new User(user.name(), user.displayName(), user.role());
    }

    /**
     * Tells which workspace this program runs in, as the service knows it at this moment.
     *
     * @throws BenchtopException as {@link #whoami}
     */
    public Workspace workspace() {
        return new Workspace(told(ownWorkspace.get()), this);
    }

    /**
     * Keeps the workspace this program runs in running, even when it looks idle. A later call replaces an earlier one.
     *
     * @param duration from now on: {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d}, {@code 1h30m} or ISO-8601 ({@code PT2H})
     * @param reason why, for whoever looks after the machine; not empty
     * @throws BenchtopException {@code bad_duration} or {@code reason_missing} before anything is sent, the service's own refusal
     *     ({@code keep_alive_too_long}), or as {@link #whoami}
     */
    public KeepAlive keepAlive(String duration, String reason) {
        return keepAlive(DurationText.parse(duration), reason);
    }

    /** As {@link #keepAlive(String, String)}, with a duration of whole seconds. */
    public KeepAlive keepAlive(Duration duration, String reason) {
        var body = request(duration, reason);
        return send(ownWorkspace.get(), body);
    }

    KeepAlive keepAlive(String workspace, Duration duration, String reason) {
        return send(workspace, request(duration, reason));
    }

    private static KeepAliveRequest request(Duration duration, String reason) {
        var asked = DurationText.toIso(duration);
        if (reason == null || reason.isBlank()) {
            throw new BenchtopException(
                    "reason_missing",
                    "Give a reason, such as keepAlive(\"2h\", \"training overnight\"): others will see it.");
        }
        return new KeepAliveRequest(asked, reason.strip());
    }

    private KeepAlive send(String workspace, KeepAliveRequest body) {
        var answer =
                rest.send("POST", path(workspace) + ":keep-alive", body, io.benchtop.api.workspace.KeepAlive.class);
        return new KeepAlive(Instant.parse(answer.until()), answer.reason());
    }

    Resources resourcesOf(String workspace) {
        var told = told(workspace);
        var given = told.resources();
        return new Resources(
                Optional.ofNullable(given.cpus()),
                Optional.ofNullable(given.memoryBytes()),
                Optional.ofNullable(told.memoryBytes()),
                Optional.ofNullable(given.processes()),
                Optional.ofNullable(told.limits()).map(io.benchtop.api.workspace.AppliedLimits::memory));
    }

    private io.benchtop.api.workspace.Workspace told(String workspace) {
        return rest.get(path(workspace), io.benchtop.api.workspace.Workspace.class);
    }

    private static String path(String workspace) {
        return "/api/v1/workspaces/" + workspace;
    }
}
