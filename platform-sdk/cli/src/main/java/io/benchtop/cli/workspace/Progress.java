package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.LogLine;
import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceState;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.Output;
import io.benchtop.sdk.rest.EventStream;
import io.benchtop.sdk.rest.Json;
import io.benchtop.sdk.rest.RestClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Follows a workspace over server-sent events until it rests, telling every new state, and every log line if asked to, once. A stream that breaks off
 * is opened again; the state told by the service, not the stream, decides when it is over.
 */
final class Progress {

    private static final Duration BETWEEN_STREAMS = Duration.ofMillis(500);

    private final RestClient rest;
    private final Output output;
    private final boolean withLog;
    private final InstantSource clock;
    private final Set<String> told = new HashSet<>();

    Progress(RestClient rest, Output output, boolean withLog, InstantSource clock) {
        this.rest = rest;
        this.output = output;
        this.withLog = withLog;
        this.clock = clock;
    }

    /** The workspace at rest; ends with a sentence if that takes longer than the given patience. */
    Workspace follow(Workspace begun, Duration patience) throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        var latest = begun;
        tell(latest.state());
        while (latest.state().code().isPending()) {
            if (clock.instant().isAfter(deadline)) {
                throw new CommandFailure("Workspace '%s' is still %s after %d s. Look again with: benchtop ws ls"
                        .formatted(latest.slug(), latest.state().code(), patience.toSeconds()));
            }
            latest = followStream(latest, deadline);
            if (latest.state().code().isPending()) {
                Thread.sleep(BETWEEN_STREAMS);
                latest = rest.get(Workspaces.path(latest.id()), Workspace.class);
                tell(latest.state());
            }
        }
        return latest;
    }

    private Workspace followStream(Workspace begun, Instant deadline) {
        var latest = begun;
        try (var stream = rest.events(Workspaces.path(begun.id()) + "/events")) {
            for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                latest = stateIn(event.get()).orElse(latest);
                tellLine(event.get());
                tell(latest.state());
                if (!latest.state().code().isPending() || clock.instant().isAfter(deadline)) {
                    return latest;
                }
            }
        }
        return latest;
    }

    private static Optional<Workspace> stateIn(EventStream.Event event) {
        return event.name().equals("state")
                ? Optional.of(Json.read(event.data(), Workspace.class, "the stream of events"))
                : Optional.empty();
    }

    private void tellLine(EventStream.Event event) {
        if (withLog && event.name().equals("log")) {
            output.progress("  "
                    + Json.read(event.data(), LogLine.class, "the stream of events")
                            .line());
        }
    }

    private void tell(WorkspaceState state) {
        var said = Stream.of(state.message(), state.detail())
                .filter(sentence -> !sentence.isBlank())
                .collect(Collectors.joining(" "));
        var line = state.code() + (said.isEmpty() ? "" : ": " + said);
        if (told.add(line)) {
            output.progress(line);
        }
    }
}
